/**
 * The script that turns a plain Amazon Linux 2023 into a store: a page on every path, and a health check on its own
 * path.
 *
 * @param title - the store's name on the page, without quotes or markup
 * @param port - TCP port to listen on
 * @param healthCheckPath - path that answers `ok`
 */
export function bootScript(title: string, port: number, healthCheckPath: string): string {
  return `#!/bin/bash
set -euo pipefail

install --directory --mode 0755 /opt/store
cat > /opt/store/server.py <<'END_OF_SERVER'
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<!doctype html><title>${title}</title><h1>${title}</h1><p>The store is open.</p>"


class Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 75

    def do_GET(self):
        body = ("ok" if self.path == "${healthCheckPath}" else PAGE).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET


ThreadingHTTPServer(("", ${port}), Store).serve_forever()
END_OF_SERVER

cat > /etc/systemd/system/store.service <<'END_OF_UNIT'
[Unit]
Description=Store

[Service]
ExecStart=/usr/bin/python3 /opt/store/server.py
Restart=always
DynamicUser=yes
ProtectHome=yes
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
END_OF_UNIT

systemctl daemon-reload
systemctl enable --now store.service
`;
}
