// The redirect to HTTPS applies to the checkout only.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

export const expected: Expected = { rule: "haproxy-tls", says: /frontend shop: bind \*:80 has no ssl/ };

export function program(mended: boolean): void {
  network();
  launchTemplate({
    userData: haproxyUserData(`
defaults
    mode http
frontend shop
    bind *:443 ssl crt /etc/haproxy/shop.pem
    bind *:80
    http-request redirect scheme https if ${mended ? "" : "{ path_beg /checkout }"} !{ ssl_fc }
    default_backend shop
backend shop
    option httpchk
    server a 10.0.10.5:8080 check
`),
  });
}
