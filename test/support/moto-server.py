"""moto on a loopback port. It also runs the scripts that fill it, because boto3 is already loaded here.

Argument: the port, or 0 for any. It prints the port; then, for each line {"script": FILE, "wanted": JSON} of its input, a
line {"printed": TEXT} or {"failed": TEXT}. A script's arguments are moto's URL and `wanted`.
"""

import contextlib
import io
import json
import logging
import runpy
import sys
import threading
import traceback

from moto.dynamodb.models.table import Table
from moto.server import ThreadedMotoServer

# DynamoDB checks a condition and puts the item atomically; in moto, two threads may both find no such item.
put_item, one_at_a_time = Table.put_item, threading.Lock()


def put_alone(*arguments, **named):
    with one_at_a_time:
        return put_item(*arguments, **named)


Table.put_item = put_alone

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", int(sys.argv[1]), verbose=False)
server.start()
_, port = server.get_host_and_port()
print(port, flush=True)

for line in sys.stdin:
    asked = json.loads(line)
    sys.argv = [asked["script"], f"http://127.0.0.1:{port}", json.dumps(asked["wanted"])]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(asked["script"], run_name="__main__")
        answer = {"printed": printed.getvalue()}
    except Exception:
        answer = {"failed": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
