/** Type tokens that only the relations judge; the others are in `policies/resources`. */

export const BUCKET_NOTIFICATION = ["aws:s3/bucketNotification:BucketNotification"] as const;

/** Subscription filters, which forward the events of a log group. */
export const LOG_SUBSCRIPTION = ["aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"] as const;

export const SECRET_ROTATION = ["aws:secretsmanager/secretRotation:SecretRotation"] as const;

export const EKS_CLUSTER = ["aws:eks/cluster:Cluster"] as const;

export const ROUTE = ["aws:ec2/route:Route"] as const;

export const ROUTE_TABLE = ["aws:ec2/routeTable:RouteTable"] as const;

export const ROUTE_TABLE_ASSOCIATION = ["aws:ec2/routeTableAssociation:RouteTableAssociation"] as const;

/** Lets a security group be used in a VPC that it doesn't belong to. */
export const GROUP_IN_ANOTHER_VPC = [
  "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
] as const;

export const VOLUME_ATTACHMENT = ["aws:ec2/volumeAttachment:VolumeAttachment"] as const;

export const DATABASE_SUBNET_GROUP = [
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:docdb/subnetGroup:SubnetGroup",
  "aws:neptune/subnetGroup:SubnetGroup",
] as const;

/** A tenant of a multi-tenant CloudFront distribution. */
export const DISTRIBUTION_TENANT = ["aws:cloudfront/distributionTenant:DistributionTenant"] as const;

/** Maps an API of API Gateway to a custom domain. */
export const API_MAPPING = ["aws:apigatewayv2/apiMapping:ApiMapping"] as const;
