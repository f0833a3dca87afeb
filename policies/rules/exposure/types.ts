/** The type tokens that the rules of exposure judge beside those of `../../resources`. */

export const SECURITY_GROUP = ["aws:ec2/securityGroup:SecurityGroup"] as const;

/** The security group that comes with a VPC, taken over. */
export const DEFAULT_SECURITY_GROUP = ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"] as const;

/** A rule of either direction. */
export const SECURITY_GROUP_RULE = ["aws:ec2/securityGroupRule:SecurityGroupRule"] as const;

export const INGRESS_RULE = ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"] as const;

export const LAUNCH_TEMPLATE = ["aws:ec2/launchTemplate:LaunchTemplate"] as const;

export const LAUNCH_CONFIGURATION = ["aws:ec2/launchConfiguration:LaunchConfiguration"] as const;

/** Single instances; a spot request takes the same arguments. */
export const INSTANCE = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
] as const;

/** Carries launch specifications inside. */
export const SPOT_FLEET = ["aws:ec2/spotFleetRequest:SpotFleetRequest"] as const;

export const ELASTIC_IP = ["aws:ec2/eip:Eip"] as const;

export const ELASTIC_IP_ASSOCIATION = ["aws:ec2/eipAssociation:EipAssociation"] as const;

export const VPC = ["aws:ec2/vpc:Vpc"] as const;

export const FLOW_LOG = ["aws:ec2/flowLog:FlowLog"] as const;

/** The account's default network, taken over. */
export const DEFAULT_NETWORK = [
  "aws:ec2/defaultVpc:DefaultVpc",
  "aws:ec2/defaultSubnet:DefaultSubnet",
  "awsx:ec2:DefaultVpc",
] as const;

/** Application, Network and Gateway Load Balancers. */
export const LOAD_BALANCER = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
  "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
] as const;

/** Registers one target with a target group. */
export const TARGET_GROUP_ATTACHMENT = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
  "aws:elasticloadbalancingv2/targetGroupAttachment:TargetGroupAttachment",
  "aws:applicationloadbalancing/targetGroupAttachment:TargetGroupAttachment",
] as const;

export const WEB_ACL_ASSOCIATION = ["aws:wafv2/webAclAssociation:WebAclAssociation"] as const;
