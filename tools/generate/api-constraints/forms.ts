/**
 * What ids of EC2 and ARNs of load balancing and SNS look like, which no model says: each kind begins in its own way. What follows is
 * left open.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html; the examples of Amazon EC2's and Elastic
 * Load Balancing's API references.
 */

/** The services whose shapes have the names below; those of others may be of other things: Cloud9 makes up names for its images. */
const SERVICES = ["ec2", "elb", "elbv2", "iot", "sns"];

/** By the name of the shape. */
const BY_SHAPE: Readonly<Record<string, string>> = {
  AllocationId: "eipalloc-.+",
  CustomerGatewayId: "cgw-.+",
  EgressOnlyInternetGatewayId: "eigw-.+",
  ImageId: "(ami-|resolve:ssm:).+",
  LaunchTemplateId: "lt-.+",
  ListenerArn: "arn:[^:]+:elasticloadbalancing:.+:listener/.+",
  LoadBalancerArn: "arn:[^:]+:elasticloadbalancing:.+:loadbalancer/.+",
  NatGatewayId: "nat-.+",
  NetworkInterfaceId: "eni-.+",
  PrefixListResourceId: "pl-.+",
  RouteTableId: "rtb-.+",
  SecurityGroupId: "sg-.+",
  SnapshotId: "snap-.+",
  SubnetId: "subnet-.+",
  TargetGroupArn: "arn:[^:]+:elasticloadbalancing:.+:targetgroup/.+",
  topicARN: "arn:[^:]+:sns:.+",
  TransitGatewayId: "tgw-.+",
  VpcEndpointId: "vpce-.+",
  VpcId: "vpc-.+",
  VpcPeeringConnectionId: "pcx-.+",
  VpnGatewayId: "vgw-.+",
};

/** By the name of the property, where the shape is any text. */
const BY_PROPERTY: Readonly<Record<string, string>> = {
  launchTemplateId: "LaunchTemplateId",
  securityGroupIds: "SecurityGroupId",
  subnetId: "SubnetId",
  subnetIds: "SubnetId",
  vpcId: "VpcId",
  vpcSecurityGroupIds: "SecurityGroupId",
};

/** Services that call something else so: an interface's address. */
const OTHERWISE = ["storagegateway"];

/** A pattern for an id or ARN of a known form; undefined for everything else. */
export function formOf(service: string, shape: string, property: string): string | undefined {
  if (OTHERWISE.includes(service)) return undefined;
  const isKnown = SERVICES.includes(service) && Object.hasOwn(BY_SHAPE, shape);
  const name = isKnown ? shape : BY_PROPERTY[property];
  return name === undefined ? undefined : BY_SHAPE[name];
}
