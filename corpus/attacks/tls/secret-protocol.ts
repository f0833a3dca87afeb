// The protocol and the whole list of actions are secrets, and still have to be judged.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, network, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "fixed-response"; it must be "redirect"/,
};

export function program(mended: boolean): void {
  new aws.lb.Listener("web", {
    loadBalancerArn: balancer(network().subnetIds).arn,
    protocol: pulumi.secret("HTTP"),
    port: 80,
    defaultActions: pulumi.secret([
      mended
        ? toHttps
        : {
            type: "fixed-response",
            fixedResponse: { contentType: "text/html", messageBody: "<h1>Shop</h1>", statusCode: "200" },
          },
    ]),
  });
}
