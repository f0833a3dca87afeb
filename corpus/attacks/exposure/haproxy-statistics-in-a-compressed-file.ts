// The file is compressed base64 in a cloud-config.
import { gzipSync } from "node:zlib";

import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "haproxy-private",
  says: /frontend shop shows statistics on \*:8443/,
};

export function program(mended: boolean): void {
  network();
  const haproxy = `# haproxy.cfg
defaults
    mode http
frontend shop
    bind *:8443 ssl crt /etc/haproxy/shop.pem
    ${mended ? "" : "stats uri /haproxy?stats"}
    default_backend shop
backend shop
    option httpchk
    server a 10.0.10.5:8080 check
`;
  const config = [
    "#cloud-config",
    "packages: [haproxy]",
    "write_files:",
    "  - path: /etc/haproxy/haproxy.cfg",
    "    encoding: gz+b64",
    `    content: ${gzipSync(haproxy).toString("base64")}`,
  ].join("\n");
  launchTemplate({ userData: Buffer.from(config).toString("base64") });
}
