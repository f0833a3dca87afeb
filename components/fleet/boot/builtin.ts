import type { Boot } from "./parts";
import { pythonString } from "./quoting";

/** Arguments of {@link bootBuiltin}. */
export interface BuiltinArgs {
  /** The store's title on the page; any text. */
  readonly title: string;
  /** Address to listen on; empty for all. */
  readonly host: string;
  /** TCP port to listen on, above 1,023: the service has no privileges. */
  readonly port: number;
  /** Path that returns `ok` while the service is up. */
  readonly healthCheckPath: string;
  /** The load balancer's idle timeout in seconds. */
  readonly idleTimeoutSeconds: number;
}

/**
 * Serves a page on `/` and a health check on `healthCheckPath`.
 *
 * It uses only what the image includes (Python 3.9, systemd) and downloads nothing, so an instance also boots
 * in a subnet without internet access.
 *
 * @see https://docs.aws.amazon.com/linux/al2023/ug/python.html
 */
export function bootBuiltin(args: BuiltinArgs): Boot {
  return {
    steps: [],
    files: [{ path: "/opt/store/server.py", marker: "END_OF_SERVER", text: renderServer(args) }],
    unit: [],
    service: [
      "ExecStart=/usr/bin/python3 /opt/store/server.py",
      "DynamicUser=yes",
      "ProtectHome=yes",
      "NoNewPrivileges=yes",
    ],
  };
}

function renderServer(args: BuiltinArgs): string {
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
ThreadingHTTPServer((${pythonString(args.host)}, PORT), Store).serve_forever()
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

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
