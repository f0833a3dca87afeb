// The minimum TLS version is set for each certificate, in a certificate list.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = { rule: "haproxy-tls", says: /bind \*:8443 has ssl-min-ver TLSv1\.0/ };

export function program(mended: boolean): void {
  network();
  const script = `#!/bin/sh
cat > /etc/haproxy/certificates.lst <<'END'
/etc/haproxy/shop.pem [ssl-min-ver ${mended ? "TLSv1.2" : "TLSv1.0"}] shop.example.com
END
cat > /etc/haproxy/haproxy.cfg <<'END'
defaults
  mode http
frontend shop
  bind *:8443 ssl crt-list /etc/haproxy/certificates.lst
  default_backend shop
backend shop
  option httpchk
  server a 10.0.10.5:8080 check
END
`;
  launchTemplate({ userData: Buffer.from(script).toString("base64") });
}
