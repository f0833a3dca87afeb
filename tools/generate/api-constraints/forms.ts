/**
 * The forms of ids, ARNs and times, which few models define. Each kind of id has its own prefix; the rest of the id is
 * not checked.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html; the examples of Amazon EC2's and Elastic
 * Load Balancing's API references.
 */

/**
 * The services whose shapes have the names below. Other services may use the same names for something else: Cloud9
 * makes up names for its images.
 */
const SERVICES = ["ec2", "elb", "elbv2", "iot", "sns"];

/** Patterns by the name of the shape. */
const BY_SHAPE: Readonly<Record<string, string>> = {
  AllocationId: "eipalloc-.+",
  CustomerGatewayId: "cgw-.+",
  EgressOnlyInternetGatewayId: "eigw-.+",
  ImageId: "(ami-|resolve:ssm:).+",
  InstanceId: "i-.+",
  InternetGatewayId: "igw-.+",
  LaunchTemplateId: "lt-.+",
  ListenerArn: "arn:[^:]+:elasticloadbalancing:.+:listener/.+",
  LoadBalancerArn: "arn:[^:]+:elasticloadbalancing:.+:loadbalancer/.+",
  NatGatewayId: "nat-.+",
  NetworkAclId: "acl-.+",
  NetworkInterfaceId: "eni-.+",
  PrefixListResourceId: "pl-.+",
  RouteTableId: "rtb-.+",
  SecurityGroupId: "sg-.+",
  SnapshotId: "snap-.+",
  SubnetId: "subnet-.+",
  TargetGroupArn: "arn:[^:]+:elasticloadbalancing:.+:targetgroup/.+",
  topicARN: "arn:[^:]+:sns:.+",
  TransitGatewayId: "tgw-.+",
  VolumeId: "vol-.+",
  VpcEndpointId: "vpce-.+",
  VpcId: "vpc-.+",
  VpcPeeringConnectionId: "pcx-.+",
  VpnGatewayId: "vgw-.+",
};

/**
 * A security group that a rule names. A group of another account has the account ID in front, which the provider splits
 * off.
 */
const GROUP_IN_RULE = "(\\d{12}/)?sg-.+";

/** EFS also accepts the ARN. */
const FILE_SYSTEM = "(arn:[^:]+:elasticfilesystem:.+:file-system/)?fs-.+";

/**
 * The action of an alarm: an ARN of any service.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (AlarmActions)
 */
const ACTION = "arn:[^:]+:.+";

const TIME = "([01]\\d|2[0-3]):[0-5]\\d";

/**
 * A daily window: from one time of day to another, in UTC.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (PreferredBackupWindow)
 */
const DAILY = `${TIME}-${TIME}`;

/** A weekly window: from a time on a day of the week to another. Source: as above (PreferredMaintenanceWindow). */
const WEEKLY = `[A-Za-z]{3}:${TIME}-[A-Za-z]{3}:${TIME}`;

/** Source: as above (DBInstanceClass). DocumentDB and Neptune use the same form. */
const DATABASE_CLASS = "db\\..+";

/** Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html (CacheNodeType) */
const CACHE_CLASS = "cache\\..+";

/** Source: https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-types.html */
const BROKER_CLASS = "(express|kafka)\\..+";

/** Source: https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html (ReplicationInstanceClass) */
const REPLICATION_CLASS = "dms\\..+";

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (kmsKeyId) */
const KEY_ARN = "arn:[^:]+:kms:.+";

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const POLICY = "arn:[^:]+:iam::(aws|aws-.+|\\d{12}):policy/.+";

/**
 * The name of an Availability Zone is the name of its Region with a suffix.
 *
 * Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const ZONE = "(?![a-z]+(-[a-z]+)+-\\d$).+";

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const ROLE = "arn:[^:]+:iam::\\d{12}:role/[\\w+=,.@/-]+";

/**
 * Patterns by the name of the property or of its member. Where the name alone is ambiguous, the key also has the name
 * of the surrounding property, or the service and a space.
 */
const BY_NAME: Readonly<Record<string, string>> = {
  ...forms("LaunchTemplateId", "launchTemplateId", "launchTemplate.id"),
  ...forms("PrefixListResourceId", "prefixListId", "prefixListIds"),
  ...forms("RouteTableId", "routeTableId", "routeTableIds"),
  ...forms("SecurityGroupId", "securityGroupId", "securityGroupIds", "securityGroups", "vpcSecurityGroupIds"),
  ...forms("SubnetId", "subnetId", "subnetIds", "subnets", "vpcSubnetIds", "vpcZoneIdentifiers"),
  // In ECS, the name may also refer to a target group of VPC Lattice.
  ...forms("TargetGroupArn", "lbTargetGroupArn", "loadBalancers.targetGroupArn", "targetGroupArns"),
  ...forms("TargetGroupArn", "alternateTargetGroupArn"),
  ...forms("VpcEndpointId", "vpcEndpointId"),
  ...forms("VpcId", "peerVpcId", "vpcId"),
  alarmActions: ACTION,
  availabilityZone: ZONE,
  availabilityZones: ZONE,
  "brokerNodeGroupInfo.instanceType": BROKER_CLASS,
  cacheNodeType: CACHE_CLASS,
  dbClusterInstanceClass: DATABASE_CLASS,
  "egress.securityGroups": GROUP_IN_RULE,
  "events arn": ACTION,
  fileSystemId: FILE_SYSTEM,
  "ec2 logDestination": ACTION,
  "iam policyArn": POLICY,
  "ingress.securityGroups": GROUP_IN_RULE,
  insufficientDataActions: ACTION,
  instanceClass: DATABASE_CLASS,
  "lambdaFunctions.lambdaFunctionArn": ACTION,
  "logs kmsKeyId": KEY_ARN,
  "memorydb maintenanceWindow": WEEKLY,
  "memorydb nodeType": DATABASE_CLASS,
  nodeRoleArn: ROLE,
  okActions: ACTION,
  preferredBackupWindow: DAILY,
  preferredMaintenanceWindow: WEEKLY,
  "queues.queueArn": ACTION,
  referencedSecurityGroupId: GROUP_IN_RULE,
  replicationInstanceClass: REPLICATION_CLASS,
  roleArn: ROLE,
  snapshotWindow: DAILY,
  sourceSecurityGroupId: GROUP_IN_RULE,
  "topics.topicArn": BY_SHAPE["topicARN"]!,
};

/** Services that use these names for something else: Storage Gateway for the address of a network interface. */
const OTHERWISE = ["storagegateway"];

/** The shape of security group names, by which instances are put into groups of the default VPC. */
const GROUP_NAME = "SecurityGroupName";

function forms(shape: string, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, BY_SHAPE[shape]!]));
}

/**
 * The pattern for an id or ARN of a known form; undefined for everything else.
 *
 * @param path of the property, with dots
 * @param member that the property becomes
 */
export function formOf(service: string, shape: string, path: string, member: string): string | undefined {
  if (OTHERWISE.includes(service) || shape === GROUP_NAME) return undefined;
  const [name = "", around = ""] = path.split(".").reverse();
  const called = member
    .slice(member.lastIndexOf(".") + 1)
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const byName =
    BY_NAME[`${around}.${name}`] ?? BY_NAME[`${service} ${called}`] ?? BY_NAME[name] ?? BY_NAME[called];
  return (
    byName ?? (SERVICES.includes(service) && Object.hasOwn(BY_SHAPE, shape) ? BY_SHAPE[shape] : undefined)
  );
}
