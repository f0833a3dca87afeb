// The listener is sound; one of its rules sends visitors back to plain HTTP.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const https = new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
new aws.lb.ListenerRule("images", {
  listenerArn: https.arn,
  priority: 10,
  conditions: [{ pathPattern: { values: ["/images/*"] } }],
  actions: [
    {
      type: "redirect",
      redirect: { protocol: "HTTP", port: "80", host: "images.example.com", statusCode: "HTTP_302" },
    },
  ],
});
