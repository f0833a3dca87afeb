// Visitors come by HTTPS, and HAProxy redirects those of the old name to plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "haproxy-tls",
  says: /frontend shop: a redirect leads to plain HTTP; it must lead to HTTPS/,
};

export function program(mended: boolean): void {
  const script = `#!/bin/bash
dnf install -y haproxy
cat > /etc/haproxy/haproxy.cfg <<'END'
defaults
  mode http
frontend shop
  bind :443 ssl crt /etc/haproxy/shop.pem
  http-request redirect prefix ${mended ? "https" : "http"}://shop.example.com if { hdr(host) -i example.com }
  default_backend shop
backend shop
  option httpchk GET /healthz
  server a 10.0.1.5:8080 check
  server b 10.0.2.5:8080 check
END
systemctl enable --now haproxy
`;
  new aws.ec2.LaunchTemplate("proxy", {
    metadataOptions: { httpTokens: "required" },
    userData: Buffer.from(script).toString("base64"),
  });
}
