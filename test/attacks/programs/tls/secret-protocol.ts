// Wrapped as secrets, the protocol and the whole list of actions still have to be seen.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { balancer, network } from "../../parts";

new aws.lb.Listener("web", {
  loadBalancerArn: balancer(network().subnetIds).arn,
  protocol: pulumi.secret("HTTP"),
  port: 80,
  defaultActions: pulumi.secret([
    {
      type: "fixed-response",
      fixedResponse: { contentType: "text/html", messageBody: "<h1>Shop</h1>", statusCode: "200" },
    },
  ]),
});
