// The listener forwards within its VPC, but one of its rules does not.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /listenerArn and actions lie in different VPCs/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const other = new aws.ec2.Vpc("other", { cidrBlock: "10.1.0.0/16" });
  new aws.ec2.FlowLog("other", {
    vpcId: other.id,
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
  });
  const listener = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
  new aws.lb.ListenerRule("api", {
    listenerArn: listener.arn,
    priority: 1,
    conditions: [{ pathPattern: { values: ["/api/*"] } }],
    actions: [{ type: "forward", targetGroupArn: targets((mended ? vpc : other).id, {}, "far").arn }],
  });
}
