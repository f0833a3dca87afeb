// The listener is written down as it should be; a transform of the whole stack rewrites it on the way.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { balancer, httpsListener, network, targets } from "../../parts";

void pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "aws:lb/listener:Listener"
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
