// A maintenance page on the HTTPS listener; a former host redirects, on both listeners.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets, toHttps } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, logs);
const group = targets(vpc.id);
watch(shop);
watchTargets(shop, group);
const https = new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
const http = new aws.lb.Listener("http", {
  loadBalancerArn: shop.arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
new aws.lb.ListenerRule("maintenance", {
  listenerArn: https.arn,
  priority: 1,
  conditions: [{ pathPattern: { values: ["/checkout/*"] } }],
  actions: [
    {
      type: "fixed-response",
      fixedResponse: {
        contentType: "text/html",
        messageBody: "<h1>Back at ten o'clock</h1>",
        statusCode: "503",
      },
    },
  ],
});
new aws.lb.ListenerRule("former-address", {
  listenerArn: https.arn,
  priority: 2,
  conditions: [{ hostHeader: { values: ["store.example.com"] } }],
  actions: [
    { type: "redirect", redirect: { protocol: "HTTPS", host: "shop.example.com", statusCode: "HTTP_301" } },
  ],
});
new aws.lb.ListenerRule("plain-former-address", {
  listenerArn: http.arn,
  priority: 1,
  conditions: [{ hostHeader: { values: ["store.example.com"] } }],
  actions: [toHttps],
});
