// Visitors use IPv4 and IPv6.
import * as aws from "@pulumi/aws";
import { allow, securityGroup } from "../fleet";
import { balancer, httpsListener, targets, toHttps } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true });
new aws.ec2.DefaultSecurityGroup("unused", { vpcId: vpc.id });
const gateway = new aws.ec2.InternetGateway("shop", { vpcId: vpc.id });
new aws.ec2.FlowLog("shop", {
  vpcId: vpc.id,
  trafficType: "ALL",
  logDestinationType: "s3",
  logDestination: "arn:aws:s3:::flow-logs-of-the-shop",
});
const subnetIds = ["a", "b", "c"].map(
  (zone, index) =>
    new aws.ec2.Subnet(
      `public-${zone}`,
      {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index}.0/24`,
        ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) => block.replace("00::/56", `0${index}::/64`)),
        availabilityZone: `eu-west-1${zone}`,
        mapPublicIpOnLaunch: true,
      },
      { dependsOn: gateway },
    ).id,
);
const door = securityGroup("balancer", vpc.id);
for (const port of [443, 80]) {
  allow(`v4-${port}`, door, port, { cidrIpv4: "0.0.0.0/0" });
  allow(`v6-${port}`, door, port, { cidrIpv6: "::/0" });
}
const loadBalancer = balancer(subnetIds, { ipAddressType: "dualstack", securityGroups: [door.id], ...logs });
const targetGroup = targets(vpc.id);
watch(loadBalancer);
watchTargets(loadBalancer, targetGroup);
new aws.lb.Listener("https", {
  ...httpsListener(loadBalancer.arn),
  defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
});
new aws.lb.Listener("http", {
  loadBalancerArn: loadBalancer.arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
