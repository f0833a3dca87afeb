// The action is an output within an output within a list: it is known before deployment, and has to be judged.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, network, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "fixed-response"/,
};

export function program(mended: boolean): void {
  const page = pulumi.output({ contentType: "text/html", messageBody: "<h1>Shop</h1>", statusCode: "200" });
  const action = pulumi.output({ type: pulumi.output("fixed-response"), fixedResponse: page });
  new aws.lb.Listener("web", {
    loadBalancerArn: balancer(network().subnetIds).arn,
    protocol: pulumi.output(pulumi.output("HTTP")),
    port: 80,
    defaultActions: pulumi.output([mended ? toHttps : action]),
  });
}
