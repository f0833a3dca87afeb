import * as resources from "../../policies/resources";

/** Types that rules at stack level judge, because the verdict depends on other resources. */
export const ONLY_IN_STACKS: readonly string[] = [
  ...[
    resources.AUTO_SCALING_GROUP,
    resources.EC2_FLEET,
    resources.NODE_GROUP,
    resources.OTHER_LAUNCHERS,
  ].flat(),
  ...[resources.EVENT_SCHEDULE, resources.EVENT_TARGET, resources.PIPE, resources.SUBNET].flat(),
  ...[
    resources.PREFIX_LIST,
    resources.PREFIX_LIST_ENTRY,
    resources.BUCKET_ACL,
    resources.BUCKET_OBJECT,
  ].flat(),
];

/** Types that open something and were reviewed, by the reason why no rule judges it. */
const REVIEWED: Readonly<Record<string, readonly string[]>> = {
  "The pack's promise doesn't cover databases, queues and similar services.": [
    "aws:dms/instanceProfile:InstanceProfile",
    "aws:dms/replicationInstance:ReplicationInstance",
    "aws:lightsail/database:Database",
    "aws:m2/environment:Environment",
    "aws:mq/broker:Broker",
    "aws:msk/cluster:Cluster",
    "aws:neptune/clusterInstance:ClusterInstance",
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:rds/instance:Instance",
    "aws:rds/shardGroup:ShardGroup",
    "aws:redshift/cluster:Cluster",
    "aws:redshiftserverless/workgroup:Workgroup",
    "aws:timestreaminfluxdb/dbCluster:DbCluster",
    "aws:timestreaminfluxdb/dbInstance:DbInstance",
    "aws:finspace/kxEnvironment:KxEnvironment",
  ],
  "AWS reaches desktops and builds over its own network, and admits no other traffic.": [
    "aws:appstream/fleet:Fleet",
    "aws:appstream/imageBuilder:ImageBuilder",
    "aws:cloud9/environmentEC2:EnvironmentEC2",
    "aws:codebuild/fleet:Fleet",
    "aws:lambda/capacityProvider:CapacityProvider",
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    "aws:sagemaker/domain:Domain",
    "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule",
    "aws:sagemaker/notebookInstance:NotebookInstance",
    "aws:sagemaker/trainingJob:TrainingJob",
  ],
  "Network ACLs only restrict what security groups allow.": [
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    "aws:ec2/networkAcl:NetworkAcl",
    "aws:ec2/networkAclRule:NetworkAclRule",
    "aws:fms/policy:Policy",
  ],
  "Routes lead to the internet, and to addresses that other rules judge.": [
    "aws:ec2/defaultRouteTable:DefaultRouteTable",
    "aws:ec2/routeTable:RouteTable",
  ],
  "Private addresses or address filters don't determine who has access.": [
    "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
    "aws:ec2/vpc:Vpc",
    "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr",
    "aws:ec2/vpcIpamPoolCidrAllocation:VpcIpamPoolCidrAllocation",
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
    "aws:globalaccelerator/crossAccountAttachment:CrossAccountAttachment",
    "aws:route53/cidrLocation:CidrLocation",
    "aws:securityhub/insight:Insight",
    "aws:ses/receiptFilter:ReceiptFilter",
    "aws:verifiedaccess/endpoint:Endpoint",
    "aws:workspacesweb/ipAccessSettings:IpAccessSettings",
    "aws:sagemaker/workforce:Workforce",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  ],
  "A cluster's API requires TLS and IAM credentials from every address.": ["aws:eks/cluster:Cluster"],
  "Games are public.": ["aws:gamelift/fleet:Fleet"],
  "Sources in the security group send video in; it serves no pages.": [
    "aws:medialive/inputSecurityGroup:InputSecurityGroup",
  ],
  "Every policy that AWS offers requires TLS 1.2 or later.": [
    "aws:iot/domainConfiguration:DomainConfiguration",
  ],
  "Mail is encrypted if both ends support it.": [
    "aws:mailmanager/ingressPoint:IngressPoint",
    "aws:ses/configurationSet:ConfigurationSet",
    "aws:ses/receiptRule:ReceiptRule",
    "aws:sesv2/configurationSet:ConfigurationSet",
  ],
  "Access points have their own public access settings, which are closed by default.": [
    "aws:s3/accessPoint:AccessPoint",
    "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint",
  ],
};

/** The reason why no rule judges what a type opens, by type. */
export const NOT_IN_THE_PROMISE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(REVIEWED).flatMap(([why, types]) => types.map((type) => [type, why])),
);
