// The listener is declared correctly; a transform of the whole stack changes it.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "forward"; it must be "redirect"/,
};

export function program(mended: boolean): void {
  pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
    !mended && type === "aws:lb/listener:Listener"
      ? {
          props: { ...props, protocol: "HTTP", port: 80, sslPolicy: undefined, certificateArn: undefined },
          opts,
        }
      : undefined,
  );

  const { vpc, subnetIds } = network();
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
