// There is a flow log, and it leaves out who knocked in vain.
import * as aws from "@pulumi/aws";

const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" });
new aws.ec2.DefaultSecurityGroup("unused", { vpcId: vpc.id });
new aws.ec2.FlowLog("shop", {
  vpcId: vpc.id,
  trafficType: "ACCEPT",
  logDestinationType: "s3",
  logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
});
