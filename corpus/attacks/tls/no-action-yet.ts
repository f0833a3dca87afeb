// The list of actions is empty, and somebody sets the actions by hand later.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network, toHttps } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /defaultActions is an empty list/ };

export function program(mended: boolean): void {
  const { subnetIds } = network();
  new aws.lb.Listener("http", {
    loadBalancerArn: balancer(subnetIds).arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: mended ? [toHttps] : [],
  });
}
