/**
 * Names of what the other rules judge, as other providers have them. Each table is kept in the provider's own
 * vocabulary; they are compared without case, hyphens and underscores, since providers differ in those only.
 */

/**
 * By CloudFormation service, its resource types that the other rules would judge, or that bring such with them.
 *
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const CLOUDFORMATION_TYPES: Readonly<Record<string, readonly string[]>> = {
  ElasticLoadBalancingV2: ["LoadBalancer", "Listener", "ListenerRule", "ListenerCertificate", "TargetGroup"],
  ElasticLoadBalancing: ["LoadBalancer"],
  AutoScaling: ["AutoScalingGroup", "LaunchConfiguration"],
  EC2: ["SecurityGroup", "SecurityGroupIngress", "LaunchTemplate", "Instance", "SpotFleet", "EC2Fleet"],
  CloudFront: ["Distribution"],
  CloudFormation: ["Stack", "StackSet", "CustomResource", "CustomResourceEmulator"],
  ServiceCatalog: ["CloudFormationProvisionedProduct"],
  ElasticBeanstalk: ["Environment"],
  Lightsail: ["LoadBalancer"],
  VpcLattice: ["Listener"],
};

/**
 * The same as Terraform's AWS provider has it, without `aws_`.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export const TERRAFORM_TYPES: readonly string[] = [
  ...["lb", "alb"].flatMap((prefix) =>
    ["", "_listener", "_listener_rule", "_listener_certificate", "_target_group"].map(
      (kind) => prefix + kind,
    ),
  ),
  "elb",
  "autoscaling_group",
  "launch_configuration",
  "launch_template",
  "security_group",
  "security_group_rule",
  "default_security_group",
  "vpc_security_group_ingress_rule",
  "instance",
  "spot_instance_request",
  "spot_fleet_request",
  "ec2_fleet",
  "cloudfront_distribution",
  "cloudformation_stack",
  "cloudformation_stack_set",
  "cloudformation_stack_set_instance",
  "cloudformation_stack_instances",
  "cloudcontrolapi_resource",
  "serverlessapplicationrepository_cloudformation_stack",
  "servicecatalog_provisioned_product",
  "elastic_beanstalk_environment",
  "lightsail_lb",
  "vpclattice_listener",
];

/** Makes a resource of any CloudFormation type, which one of its properties names. */
export const BY_TYPE_NAME: Readonly<Record<string, string>> = {
  "aws:cloudcontrol/resource:Resource": "typeName",
  "aws-native:index:ExtensionResource": "type",
};

/** Makes resources of a template that no rule sees. */
export const TEMPLATE = [
  "aws:cloudformation/stack:Stack",
  "aws:cloudformation/stackSet:StackSet",
  "aws:cloudformation/stackSetInstance:StackSetInstance",
  "aws:cloudformation/stackInstances:StackInstances",
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
] as const;

/** Makes whatever its code does. */
export const COMMAND = ["command:local:Command", "command:remote:Command"] as const;

/** Load balancers of Amazon Lightsail, which listen on port 80 and need a second resource for HTTPS. */
export const LIGHTSAIL_LOAD_BALANCER = ["aws:lightsail/lb:Lb"] as const;

/** Brings a load balancer, a group, a launch template and security groups of its own. */
export const BEANSTALK = ["aws:elasticbeanstalk/environment:Environment"] as const;

export const LATTICE_LISTENER = ["aws:vpclattice/listener:Listener"] as const;
