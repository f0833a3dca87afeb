/** Arguments of {@link renderUserData}. */
export interface UserDataArgs {
  /** What the page calls the store; any text. */
  readonly title: string;
  /** TCP port to listen on, above 1,023: the service has no privileges. */
  readonly port: number;
  /** Path that answers `ok` while the service is up. */
  readonly healthCheckPath: string;
  /** Seconds that the load balancer keeps an idle connection. */
  readonly idleTimeoutSeconds: number;
}

/** EC2's limit, before encoding as Base64. */
const MAX_BYTES = 16 * 1024;

/**
 * The script that turns a plain Amazon Linux 2023 into a store: a page on `/`, a health check on
 * `healthCheckPath`.
 *
 * It uses what the image already holds (Python 3.9, systemd) and downloads nothing, so an instance also boots
 * in a subnet without a way to the internet. The text depends on the arguments alone: equal arguments, equal
 * fleet.
 *
 * @throws RangeError when the script is longer than EC2 takes
 * @see https://docs.aws.amazon.com/linux/al2023/ug/python.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
 */
export function renderUserData(args: UserDataArgs): string {
  const script = `#!/bin/bash
set -euo pipefail

install --directory --mode 0755 /opt/store
cat > /opt/store/server.py <<'END_OF_SERVER'
${renderServer(args)}END_OF_SERVER

cat > /etc/systemd/system/store.service <<'END_OF_UNIT'
${UNIT}END_OF_UNIT

systemctl daemon-reload
systemctl enable --now store.service
`;
  const bytes = Buffer.byteLength(script);
  if (bytes > MAX_BYTES) {
    throw new RangeError(
      `The user data has ${bytes} bytes; EC2 takes at most ${MAX_BYTES}. Shorten the title.`,
    );
  }
  return script;
}

function renderServer(args: UserDataArgs): string {
  return `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = ${args.port}
HEALTH_CHECK_PATH = ${pythonString(args.healthCheckPath)}
PAGE = ${pythonString(renderPage(args.title))}


class Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Longer than the load balancer keeps an idle connection, or it would send a request into a closed one.
    timeout = ${args.idleTimeoutSeconds + 15}

    def do_GET(self):
        path = self.path.split("?", 1)[0]
        if path == "/":
            self.answer(200, "text/html; charset=utf-8", PAGE)
        elif path == HEALTH_CHECK_PATH:
            self.answer(200, "text/plain; charset=utf-8", "ok\\n")
        else:
            self.answer(404, "text/plain; charset=utf-8", "not found\\n")

    do_HEAD = do_GET

    def answer(self, status, content_type, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self):
        return "store"

    def log_message(self, *args):
        pass  # The load balancer logs requests; here health checks would fill the journal.


ThreadingHTTPServer.request_queue_size = 128
ThreadingHTTPServer(("", PORT), Store).serve_forever()
`;
}

function renderPage(title: string): string {
  const heading = escapeHtml(title);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<h1>${heading}</h1>
<p>The store is open.</p>
</html>
`;
}

const UNIT = `[Unit]
Description=Store

[Service]
ExecStart=/usr/bin/python3 /opt/store/server.py
Restart=always
DynamicUser=yes
ProtectHome=yes
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`;

/**
 * Text as a Python string on one line. JSON's escapes are Python's too, but half a surrogate pair Python
 * can't send.
 */
function pythonString(text: string): string {
  const wellFormed = Buffer.from(text).toString();
  return JSON.stringify(wellFormed);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
