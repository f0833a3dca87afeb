// HAProxy applies rules in order: allowed requests never reach the redirect.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

export const expected: Expected = { rule: "haproxy-tls", says: /frontend shop: bind \*:80 has no ssl/ };

export function program(mended: boolean): void {
  const allow = "http-request allow if { path_beg /checkout }";
  const redirect = "http-request redirect scheme https unless { ssl_fc }";
  launchTemplate({
    userData: haproxyUserData(`
defaults
  mode http
frontend shop
  bind *:80
  ${mended ? redirect : allow}
  ${mended ? allow : redirect}
  default_backend shop
backend shop
  option httpchk
  server a 10.0.1.5:8080 check
`),
  });
}
