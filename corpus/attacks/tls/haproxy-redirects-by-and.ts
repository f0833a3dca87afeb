// Two conditions side by side are combined with AND.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

export const expected: Expected = { rule: "haproxy-tls", says: /frontend shop: bind \*:80 has no ssl/ };

export function program(mended: boolean): void {
  launchTemplate({
    userData: haproxyUserData(`
defaults
  mode http
frontend shop
  bind *:80
  http-request redirect scheme https if !{ ssl_fc } ${mended ? "" : "{ path_beg /checkout }"}
  default_backend shop
backend shop
  option httpchk
  server a 10.0.1.5:8080 check
`),
  });
}
