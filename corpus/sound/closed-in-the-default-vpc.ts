// The default VPC, adopted and by its zones: public addresses are harmless with closed security groups.
import * as aws from "@pulumi/aws";
import { allow, behind, fleet, launchTemplate, metadataOptions, securityGroup } from "../fleet";
import { balancer, httpsListener, targets } from "../parts";

const vpc = new aws.ec2.DefaultVpc("default");
const subnets = ["a", "b"].map(
  (zone) => new aws.ec2.DefaultSubnet(zone, { availabilityZone: `eu-west-1${zone}` }),
);
const front = securityGroup("front", vpc.id);
allow("https", front, 443, { cidrIpv4: "0.0.0.0/0" });
const closed = securityGroup("closed", vpc.id);
allow("web", closed, 8080, { referencedSecurityGroupId: front.id });

const shop = balancer(
  subnets.map(({ id }) => id),
  { securityGroups: [front.id] },
);
const web = targets(vpc.id, { targetType: "instance" });
new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [{ type: "forward", targetGroupArn: web.arn }],
});
fleet(launchTemplate({ vpcSecurityGroupIds: [closed.id] }), [], {
  ...behind(web),
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
  vpcZoneIdentifiers: undefined as never,
});
new aws.ec2.Instance("jump", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.micro",
  subnetId: subnets[0]!.id,
  vpcSecurityGroupIds: [closed.id],
  metadataOptions,
});
