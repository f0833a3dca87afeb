// Two conditions side by side are an AND.
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

launchTemplate({
  userData: haproxyUserData(`
defaults
  mode http
frontend shop
  bind *:80
  http-request redirect scheme https if !{ ssl_fc } { path_beg /checkout }
  default_backend shop
backend shop
  option httpchk
  server a 10.0.1.5:8080 check
`),
});
