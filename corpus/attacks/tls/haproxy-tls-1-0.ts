// HAProxy's default would refuse TLS 1.0.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

export const expected: Expected = { rule: "haproxy-tls", says: /bind \*:8443 has ssl-min-ver TLSv1\.0/ };

export function program(mended: boolean): void {
  network();
  launchTemplate({
    userData: haproxyUserData(`
global
    ssl-default-bind-options ssl-min-ver ${mended ? "TLSv1.2" : "TLSv1.0"}
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
