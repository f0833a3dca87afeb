// The load balancer is healthy, and keeps sending visitors to failed servers.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

export const expected: Expected = { rule: "haproxy-health", says: /backend shop: server b has no check/ };

export function program(mended: boolean): void {
  network();
  launchTemplate({
    userData: haproxyUserData(`
defaults
    mode http
    option httpchk
frontend shop
    bind *:8443 ssl crt /etc/haproxy/shop.pem
    default_backend shop
backend shop
    server a 10.0.10.5:8080 check
    server b 10.0.11.5:8080 ${mended ? "check" : ""}
`),
  });
}
