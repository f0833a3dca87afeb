// Only the load balancer should reach HAProxy, but everything in the VPC can.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

export const expected: Expected = { rule: "haproxy-tls", says: /frontend shop: bind \*:8080 has no ssl/ };

export function program(mended: boolean): void {
  network();
  launchTemplate({
    userData: haproxyUserData(`
defaults
    mode http
frontend shop
    bind *:8080 ${mended ? "ssl crt /etc/haproxy/shop.pem" : ""}
    default_backend shop
backend shop
    option httpchk
    server a 10.0.10.5:8080 check
`),
  });
}
