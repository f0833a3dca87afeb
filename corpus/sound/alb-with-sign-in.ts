// Staff sign in at the load balancer, by OpenID Connect; the path for machines checks their tokens.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { balancer, httpsListener, identityProvider, network, targets, toHttps } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
const group = targets(vpc.id);
watch(shop);
watchTargets(shop, group);
const https = new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [
    {
      type: "authenticate-oidc",
      order: 1,
      authenticateOidc: { ...identityProvider, clientSecret: pulumi.secret("not-a-real-one") },
    },
    { type: "forward", order: 2, targetGroupArn: group.arn },
  ],
});
new aws.lb.ListenerRule("machines", {
  listenerArn: https.arn,
  priority: 10,
  conditions: [{ pathPattern: { values: ["/api/*"] } }],
  actions: [
    {
      type: "jwt-validation",
      order: 1,
      jwtValidation: { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/jwks" },
    },
    { type: "forward", order: 2, targetGroupArn: group.arn },
  ],
});
new aws.lb.ListenerRule("reports", {
  listenerArn: https.arn,
  priority: 30,
  conditions: [{ pathPattern: { values: ["/api/*", "/reports/*"] } }],
  actions: [
    {
      type: "jwt-validation",
      order: 1,
      jwtValidation: { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/jwks" },
    },
    { type: "forward", order: 2, targetGroupArn: group.arn },
  ],
});
// Pictures and the list of reports are public on purpose.
new aws.lb.ListenerRule("pictures", {
  listenerArn: https.arn,
  priority: 20,
  conditions: [{ pathPattern: { values: ["/products/*.png", "/reports/list"] } }],
  actions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.lb.Listener("http", {
  loadBalancerArn: shop.arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
