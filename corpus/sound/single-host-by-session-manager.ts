// One instance without outside access: Session Manager uses VPC endpoints.
import * as aws from "@pulumi/aws";
import { allow, metadataOptions, privateSubnets, securityGroup } from "../fleet";
import { network } from "../parts";

const { vpc } = network();
const subnets = privateSubnets(vpc.id);
const host = securityGroup("host", vpc.id);
const endpoints = securityGroup("endpoints", vpc.id);
allow("from-host", endpoints, 443, { referencedSecurityGroupId: host.id });
for (const service of ["ssm", "ssmmessages", "ec2messages"]) {
  new aws.ec2.VpcEndpoint(service, {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.eu-west-1.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: subnets.map(({ id }) => id),
    securityGroupIds: [endpoints.id],
  });
}
const role = new aws.iam.Role("host", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
new aws.iam.RolePolicyAttachment("host", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
new aws.ec2.Instance("host", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.small",
  subnetId: subnets[0]!.id,
  vpcSecurityGroupIds: [host.id],
  iamInstanceProfile: new aws.iam.InstanceProfile("host", { role: role.name }).name,
  associatePublicIpAddress: false,
  metadataOptions,
  rootBlockDevice: { encrypted: true },
});
