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
  EC2: [
    ...["SecurityGroup", "SecurityGroupIngress", "LaunchTemplate", "Instance", "SpotFleet", "EC2Fleet"],
    ...["VPC", "EIPAssociation"],
  ],
  S3: ["Bucket", "BucketPolicy"],
  CertificateManager: ["Certificate"],
  IAM: ["ServerCertificate"],
  CloudFront: ["Distribution", "VpcOrigin"],
  ApiGateway: ["DomainName"],
  ECS: ["Service", "ExpressGatewayService"],
  GlobalAccelerator: ["EndpointGroup"],
  CloudFormation: ["Stack", "StackSet", "CustomResource", "CustomResourceEmulator"],
  ServiceCatalog: ["CloudFormationProvisionedProduct"],
  ElasticBeanstalk: ["Environment"],
  Lightsail: ["LoadBalancer", "Instance"],
  Scheduler: ["Schedule"],
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
  "load_balancer_policy",
  "lb_ssl_negotiation_policy",
  "autoscaling_group",
  "autoscaling_attachment",
  "autoscaling_traffic_source_attachment",
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
  "vpc",
  "default_vpc",
  "default_subnet",
  "eip_association",
  "s3_bucket",
  "s3_bucket_policy",
  "acm_certificate",
  "iam_server_certificate",
  "cloudfront_distribution",
  "cloudfront_multitenant_distribution",
  "cloudfront_vpc_origin",
  "api_gateway_domain_name",
  "ecs_service",
  "ecs_express_gateway_service",
  "globalaccelerator_endpoint_group",
  "globalaccelerator_custom_routing_endpoint_group",
  "cloudformation_stack",
  "cloudformation_stack_set",
  "cloudformation_stack_set_instance",
  "cloudformation_stack_instances",
  "cloudcontrolapi_resource",
  "serverlessapplicationrepository_cloudformation_stack",
  "servicecatalog_provisioned_product",
  "elastic_beanstalk_environment",
  "lightsail_lb",
  "lightsail_instance",
  "lambda_invocation",
  "scheduler_schedule",
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

/** Unpacks a chart within the provider; other ways to use charts show each resource. */
export const CHART = ["kubernetes:helm.sh/v3:Release"] as const;

/** Calls a function while it deploys. */
export const INVOCATION = ["aws:lambda/invocation:Invocation"] as const;

/**
 * Calls of AWS's API, by which a schedule would make or change what the rules judge.
 *
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export const JUDGED_CALLS =
  /^arn:[\w-]+:scheduler:::aws-sdk:(elasticloadbalancing(v2)?:(?!modifyCapacityReservation$)|cloudformation:|cloudcontrol:|autoscaling:(suspendProcesses|create|attach|detach)|ec2:(authorizeSecurityGroupIngress|modifySecurityGroupRules|runInstances|create(Fleet|Vpc|SecurityGroup|LaunchTemplate)))/i;

/**
 * Groups of Kubernetes resources that make resources of AWS: AWS Controllers for Kubernetes, and Crossplane.
 *
 * Source: https://aws-controllers-k8s.github.io/community/docs/community/services/, https://docs.crossplane.io/
 */
export const CONTROLLER_GROUP = /(^|\.)(services\.k8s\.aws|aws(\.m)?\.upbound\.io|aws\.crossplane\.io)$/;

/** Makes whatever its code does. */
export const COMMAND = ["command:local:Command", "command:remote:Command"] as const;

/** Load balancers of Amazon Lightsail, which listen on port 80 and need a second resource for HTTPS. */
export const LIGHTSAIL_LOAD_BALANCER = ["aws:lightsail/lb:Lb"] as const;

/** Instances of Lightsail, which have a public address with port 80 open. */
export const LIGHTSAIL_INSTANCE = ["aws:lightsail/instance:Instance"] as const;

/** Services of ECS for which ECS makes a load balancer. */
export const EXPRESS_SERVICE = ["aws:ecs/expressGatewayService:ExpressGatewayService"] as const;

/** What Global Accelerator leads to. */
export const ENDPOINT_GROUP = ["aws:globalaccelerator/endpointGroup:EndpointGroup"] as const;

/** What Global Accelerator leads to by address and port: instances, always. */
export const CUSTOM_ROUTING_GROUP = [
  "aws:globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup",
] as const;

/** Services of Kubernetes, some of which get a load balancer. */
export const KUBERNETES_SERVICE = ["kubernetes:core/v1:Service", "kubernetes:core/v1:ServicePatch"] as const;

/** What a controller in the cluster makes load balancers of. */
export const KUBERNETES_INGRESS = [
  ...["networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"].flatMap((version) => [
    `kubernetes:${version}:Ingress`,
    `kubernetes:${version}:IngressPatch`,
  ]),
  ...["v1", "v1beta1", "v1alpha2"].map(
    (version) => `kubernetes:gateway.networking.k8s.io/${version}:Gateway`,
  ),
];

/** Brings a load balancer, a group, a launch template and security groups of its own. */
export const BEANSTALK = ["aws:elasticbeanstalk/environment:Environment"] as const;

export const LATTICE_LISTENER = ["aws:vpclattice/listener:Listener"] as const;
