// The runtime API can disable servers, and requires no authentication.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

export const expected: Expected = { rule: "haproxy-private", says: /stats socket is ipv4@\*:9999/ };

export function program(mended: boolean): void {
  network();
  launchTemplate({
    userData: haproxyUserData(`
global
    stats socket ${mended ? "/run/haproxy/admin.sock" : "ipv4@*:9999"} level admin
defaults
    mode http
frontend shop
    bind *:8443 ssl crt /etc/haproxy/shop.pem
    default_backend shop
backend shop
    option httpchk
    server a 10.0.10.5:8080 check
`),
  });
}
