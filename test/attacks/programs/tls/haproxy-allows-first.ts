// HAProxy goes through the rules in their order: what is allowed never comes to the redirect.
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";

launchTemplate({
  userData: haproxyUserData(`
defaults
  mode http
frontend shop
  bind *:80
  http-request allow if { path_beg /checkout }
  http-request redirect scheme https unless { ssl_fc }
  default_backend shop
backend shop
  option httpchk
  server a 10.0.1.5:8080 check
`),
});
