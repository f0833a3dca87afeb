/**
 * The types that AWS doesn't delete while other resources use them.
 *
 * Source: the errors of each action in AWS's API references and models; for Amazon EC2,
 * https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html.
 */

/** Why AWS refuses to delete a resource that others use. */
export interface InUse {
  /** The service and action that delete the resource. */
  readonly action: string;
  readonly error: string;
  /** The types whose resources block the deletion. @default all that name it */
  readonly by?: readonly string[];
}

const ATTACHMENTS = ["Group", "Role", "User"].map(
  (of) => `aws:iam/${of.toLowerCase()}PolicyAttachment:${of}PolicyAttachment`,
);
const DISTRIBUTION = ["aws:cloudfront/distribution:Distribution"];

const CACHES = ["aws:elasticache/cluster:Cluster", "aws:elasticache/replicationGroup:ReplicationGroup"];

/** By type. */
export const IN_USE: Readonly<Record<string, InUse>> = {
  "aws:acm/certificate:Certificate": {
    action: "acm:DeleteCertificate",
    error: "ResourceInUseException",
    by: [
      "aws:lb/listener:Listener",
      "aws:lb/listenerCertificate:ListenerCertificate",
      ...DISTRIBUTION,
      "aws:apigateway/domainName:DomainName",
      "aws:apigatewayv2/domainName:DomainName",
    ],
  },
  "aws:cloudfront/cachePolicy:CachePolicy": {
    action: "cloudfront:DeleteCachePolicy",
    error: "CachePolicyInUse",
    by: DISTRIBUTION,
  },
  "aws:cloudfront/function:Function": {
    action: "cloudfront:DeleteFunction",
    error: "FunctionInUse",
    by: DISTRIBUTION,
  },
  "aws:cloudfront/keyGroup:KeyGroup": {
    action: "cloudfront:DeleteKeyGroup",
    error: "ResourceInUse",
    by: DISTRIBUTION,
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    action: "cloudfront:DeleteOriginAccessControl",
    error: "OriginAccessControlInUse",
    by: DISTRIBUTION,
  },
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": {
    action: "cloudfront:DeleteOriginRequestPolicy",
    error: "OriginRequestPolicyInUse",
    by: DISTRIBUTION,
  },
  "aws:cloudfront/publicKey:PublicKey": {
    action: "cloudfront:DeletePublicKey",
    error: "PublicKeyInUse",
    by: ["aws:cloudfront/keyGroup:KeyGroup"],
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    action: "cloudfront:DeleteResponseHeadersPolicy",
    error: "ResponseHeadersPolicyInUse",
    by: DISTRIBUTION,
  },
  "aws:cloudfront/vpcOrigin:VpcOrigin": {
    action: "cloudfront:DeleteVpcOrigin",
    error: "CannotDeleteEntityWhileInUse",
    by: DISTRIBUTION,
  },
  "aws:ebs/volume:Volume": {
    action: "ec2:DeleteVolume",
    error: "VolumeInUse",
    by: ["aws:ec2/volumeAttachment:VolumeAttachment"],
  },
  "aws:ec2/eip:Eip": { action: "ec2:ReleaseAddress", error: "InvalidIPAddress.InUse" },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    action: "autoscaling:DeleteLaunchConfiguration",
    error: "ResourceInUse",
    by: ["aws:autoscaling/group:Group"],
  },
  "aws:ec2/routeTable:RouteTable": {
    action: "ec2:DeleteRouteTable",
    error: "DependencyViolation",
    by: ["aws:ec2/routeTableAssociation:RouteTableAssociation"],
  },
  "aws:ec2/securityGroup:SecurityGroup": { action: "ec2:DeleteSecurityGroup", error: "DependencyViolation" },
  "aws:ec2/subnet:Subnet": { action: "ec2:DeleteSubnet", error: "DependencyViolation" },
  "aws:ec2/vpc:Vpc": { action: "ec2:DeleteVpc", error: "DependencyViolation" },
  "aws:ecs/cluster:Cluster": {
    action: "ecs:DeleteCluster",
    error: "ClusterContainsServicesException",
    by: ["aws:ecs/service:Service"],
  },
  "aws:eks/cluster:Cluster": {
    action: "eks:DeleteCluster",
    error: "ResourceInUseException",
    by: ["aws:eks/fargateProfile:FargateProfile", "aws:eks/nodeGroup:NodeGroup"],
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    action: "elasticache:DeleteCacheParameterGroup",
    error: "InvalidCacheParameterGroupState",
    by: CACHES,
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    action: "elasticache:DeleteCacheSubnetGroup",
    error: "CacheSubnetGroupInUse",
    by: CACHES,
  },
  "aws:iam/policy:Policy": { action: "iam:DeletePolicy", error: "DeleteConflict", by: ATTACHMENTS },
  "aws:iam/role:Role": { action: "iam:DeleteRole", error: "DeleteConflict", by: ATTACHMENTS },
  "aws:lb/targetGroup:TargetGroup": {
    action: "elbv2:DeleteTargetGroup",
    error: "ResourceInUse",
    by: ["aws:lb/listener:Listener", "aws:lb/listenerRule:ListenerRule"],
  },
  "aws:lb/trustStore:TrustStore": {
    action: "elbv2:DeleteTrustStore",
    error: "TrustStoreInUse",
    by: ["aws:lb/listener:Listener"],
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    action: "rds:DeleteDBClusterParameterGroup",
    error: "InvalidDBParameterGroupState",
    by: ["aws:rds/cluster:Cluster"],
  },
  "aws:rds/optionGroup:OptionGroup": {
    action: "rds:DeleteOptionGroup",
    error: "InvalidOptionGroupStateFault",
    by: ["aws:rds/instance:Instance"],
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    action: "rds:DeleteDBParameterGroup",
    error: "InvalidDBParameterGroupState",
    by: ["aws:rds/instance:Instance"],
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    action: "rds:DeleteDBSubnetGroup",
    error: "InvalidDBSubnetGroupStateFault",
    by: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  },
  "aws:wafv2/ipSet:IpSet": {
    action: "wafv2:DeleteIPSet",
    error: "WAFAssociatedItemException",
    by: ["aws:wafv2/ruleGroup:RuleGroup", "aws:wafv2/webAcl:WebAcl"],
  },
  "aws:wafv2/regexPatternSet:RegexPatternSet": {
    action: "wafv2:DeleteRegexPatternSet",
    error: "WAFAssociatedItemException",
    by: ["aws:wafv2/ruleGroup:RuleGroup", "aws:wafv2/webAcl:WebAcl"],
  },
  "aws:wafv2/ruleGroup:RuleGroup": {
    action: "wafv2:DeleteRuleGroup",
    error: "WAFAssociatedItemException",
    by: ["aws:wafv2/webAcl:WebAcl"],
  },
  "aws:wafv2/webAcl:WebAcl": {
    action: "wafv2:DeleteWebACL",
    error: "WAFAssociatedItemException",
    by: ["aws:wafv2/webAclAssociation:WebAclAssociation"],
  },
};
