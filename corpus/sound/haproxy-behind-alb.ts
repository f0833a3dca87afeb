// HAProxy behind the load balancer: TLS again, HTTP checks, private statistics.
import { behind, fleet, launchTemplate } from "../fleet";
import { haproxyUserData } from "../haproxy-user-data";
import { front } from "../store-front";

const { targetGroup, behindIt, privateSubnets } = front({ targetType: "instance" });
const template = launchTemplate({
  networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [behindIt.id] }],
  userData: haproxyUserData(`
global
    stats socket /run/haproxy/admin.sock mode 660 level admin
    ssl-default-bind-options ssl-min-ver TLSv1.2
defaults
    mode http
    timeout client 30s
frontend plain
    bind *:8080
    http-request redirect scheme https code 301 unless { ssl_fc }
frontend shop
    bind *:8443 ssl crt /etc/haproxy/shop.pem alpn h2,http/1.1
    default_backend shop
backend shop
    balance leastconn
    option httpchk
    default-server check inter 5s
    server-template shop- 1-20 shop.internal:8080
frontend inside
    bind 127.0.0.1:8404
    stats enable
    http-request use-service prometheus-exporter if { path /metrics }
`),
});
fleet(
  template,
  privateSubnets.map(({ id }) => id),
  behind(targetGroup),
);
