// The load balancer stands before it, and whoever is in the VPC beside it.
import { launchTemplate } from "../../fleet";
import { haproxyUserData } from "../../haproxy-user-data";
import { network } from "../../parts";

network();
launchTemplate({
  userData: haproxyUserData(`
defaults
    mode http
frontend shop
    bind *:8080
    default_backend shop
backend shop
    option httpchk
    server a 10.0.10.5:8080 check
`),
});
