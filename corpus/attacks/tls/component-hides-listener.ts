// A library component creates its own listeners, one of them in plain text.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "forward"; it must be "redirect"/,
};

export function program(mended: boolean): void {
  class Doors extends pulumi.ComponentResource {
    constructor(name: string, loadBalancerArn: pulumi.Input<string>, targetGroupArn: pulumi.Input<string>) {
      super("acme:web:Doors", name);
      for (const port of [443, 8443, ...(mended ? [] : [8080])]) {
        const secure = port % 1000 === 443;
        new aws.lb.Listener(
          `${name}-${port}`,
          {
            ...(secure ? httpsListener(loadBalancerArn) : { loadBalancerArn, protocol: "HTTP" }),
            port,
            defaultActions: [{ type: "forward", targetGroupArn }],
          },
          { parent: this },
        );
      }
      this.registerOutputs({});
    }
  }

  const { vpc, subnetIds } = network();
  new Doors("shop", balancer(subnetIds).arn, targets(vpc.id).arn);
}
