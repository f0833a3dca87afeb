// Each server is checked, and whatever it answers will do.
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

launchTemplate({
  userData: haproxyUserData(`
defaults
  mode http
frontend shop
  bind *:443 ssl crt /etc/haproxy/shop.pem
  default_backend shop
backend shop
  option httpchk
  http-check expect rstatus .*
  server a 10.0.1.5:8080 check
`),
});
