// Each server is checked, and any response counts as healthy.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

export const expected: Expected = {
  rule: "haproxy-health",
  says: /backend shop also accepts an error \(rstatus \.\*\)/,
};

export function program(mended: boolean): void {
  launchTemplate({
    userData: haproxyUserData(`
defaults
  mode http
frontend shop
  bind *:443 ssl crt /etc/haproxy/shop.pem
  default_backend shop
backend shop
  option httpchk
  http-check expect ${mended ? "status 200" : "rstatus .*"}
  server a 10.0.1.5:8080 check
`),
  });
}
