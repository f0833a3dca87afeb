// Systems Manager configures HAProxy on the instances, and HAProxy serves plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "haproxy-tls", says: /frontend shop: bind :80 has no ssl/ };

export function program(mended: boolean): void {
  const configuration = [
    "defaults",
    "  mode http",
    "frontend shop",
    "  bind :80",
    ...(mended ? ["  http-request redirect scheme https"] : []),
    "  bind :443 ssl crt /etc/haproxy/shop.pem",
    "  default_backend shop",
    "backend shop",
    "  option httpchk GET /healthz",
    "  server a 10.0.1.5:8080 check",
    "  server b 10.0.2.5:8080 check",
  ];
  new aws.ssm.Association("proxy", {
    name: "AWS-RunShellScript",
    targets: [{ key: "tag:Role", values: ["proxy"] }],
    parameters: {
      commands: [
        "dnf install -y haproxy",
        `printf '${configuration.join("\\n")}\\n' > /etc/haproxy/haproxy.cfg`,
        "systemctl restart haproxy",
      ].join("\n"),
    },
  });
}
