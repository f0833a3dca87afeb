// The last defaults speak TCP, but the frontend goes by the first.
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

launchTemplate({
  userData: haproxyUserData(`
defaults web
  mode http
defaults
  mode tcp
frontend shop from web
  bind *:8443
  default_backend shop
backend shop from web
  option httpchk
  server a 10.0.1.5:8080 check
`),
});
