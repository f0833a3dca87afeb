// A store that answers every request with an error has an open port.
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

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
    server a 10.0.10.5:8080
`),
});
