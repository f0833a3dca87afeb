// Browsers don't remember a 302: every visit begins in clear text.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";

const { subnetIds } = network();
new aws.lb.Listener("http", {
  loadBalancerArn: balancer(subnetIds).arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [
    { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_302" } },
  ],
});
