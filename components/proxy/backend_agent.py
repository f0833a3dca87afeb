"""Tells HAProxy, which asks by agent-check, how much this instance can carry.

HAProxy sends the weight that the instance's tags say, `weight=40`, and is answered with a percentage: that weight, less
of it under load, or `drain` when the instance has to leave.
https://docs.haproxy.org/2.6/configuration.html#5.2-agent-check
"""
import os
import re
import socketserver
import threading
import time
import urllib.request

METADATA = os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254")
HOST = os.environ.get("AGENT_HOST", "")
PORT = int(os.environ["AGENT_PORT"])
PROC = os.environ.get("PROC", "/proc")
POLL_SECONDS = 2
# Up to here an instance carries all of its weight; fully busy, a quarter of it. What is left keeps it in the loop.
BUSY = 0.7
LEAST = 0.25


def get(url, method="GET", **headers):
    request = urllib.request.Request(url, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with urllib.request.urlopen(request, timeout=2) as response:
        return response.read().decode()


def metadata(path):
    """What the metadata service says; nothing where there is no such item, or no answer."""
    try:
        token = get(METADATA + "/latest/api/token", "PUT", X_aws_ec2_metadata_token_ttl_seconds="60")
        return get(METADATA + "/latest/meta-data/" + path, X_aws_ec2_metadata_token=token)
    except Exception:  # whatever it is: who ends here never drains again
        return ""


def is_leaving():
    state = metadata("autoscaling/target-lifecycle-state")
    return state.endswith("Terminated") or state.startswith("Warmed:") or metadata("spot/instance-action") != ""


def ticks():
    """Processor time since boot: all of it, and what nobody used."""
    with open(PROC + "/stat") as file:
        numbers = [int(number) for number in file.readline().split()[1:9]]
    return sum(numbers), numbers[3] + numbers[4]


def share(busy):
    """How much of its weight an instance carries whose processors are busy for that part of the time."""
    return 1 - (1 - LEAST) * max(0, busy - BUSY) / (1 - BUSY)


class State:
    leaving = False
    # It has to say so once, or HAProxy keeps it drained.
    returned = False
    busy = 0.0


def watch():
    total, idle = ticks()
    while True:
        time.sleep(POLL_SECONDS)
        leaving = is_leaving()
        State.returned = State.returned or (State.leaving and not leaving)
        State.leaving = leaving
        now, now_idle = ticks()
        if now > total:
            State.busy = 1 - (now_idle - idle) / (now - total)
        total, idle = now, now_idle


class Agent(socketserver.StreamRequestHandler):
    def handle(self):
        self.request.settimeout(0.2)
        try:
            asked = re.match(rb"weight=(\d{1,3})\b", self.request.recv(64))
        except OSError:
            asked = None
        weight = int(asked[1]) if asked else 100
        carried = max(min(1, weight), round(weight * share(State.busy)))
        answer = "drain" if State.leaving else ("ready " if State.returned else "") + f"{carried}%"
        self.request.sendall((answer + "\n").encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    State.leaving = is_leaving()
    threading.Thread(target=watch, daemon=True).start()
    Server((HOST, PORT), Agent).serve_forever()
