// A store that answers every request with an error still has an open port.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

export const expected: Expected = { rule: "haproxy-health", says: /backend shop has no option httpchk/ };

export function program(mended: boolean): void {
  network();
  launchTemplate({
    userData: haproxyUserData(`
defaults
    mode http
    default-server check
frontend shop
    bind *:8443 ssl crt /etc/haproxy/shop.pem
    default_backend shop
backend shop
    ${mended ? "option httpchk" : ""}
    server a 10.0.10.5:8080
`),
  });
}
