// The last defaults section uses TCP, but the frontend uses the first one.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

export const expected: Expected = { rule: "haproxy-tls", says: /frontend shop: bind \*:8443 has no ssl/ };

export function program(mended: boolean): void {
  launchTemplate({
    userData: haproxyUserData(`
defaults web
  mode http
defaults
  mode tcp
frontend shop from web
  bind *:8443 ${mended ? "ssl crt /etc/haproxy/shop.pem" : ""}
  default_backend shop
backend shop from web
  option httpchk
  server a 10.0.1.5:8080 check
`),
  });
}
