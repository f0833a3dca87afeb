import {
  API_DOMAIN,
  APP_RUNNER_SERVICE,
  ATTACHMENT,
  AUTO_SCALING_GROUP,
  BEANSTALK,
  BEANSTALK_TEMPLATE,
  BUCKET,
  BUCKET_POLICY,
  CERTIFICATE,
  CLASSIC_LOAD_BALANCER,
  CLASSIC_NEGOTIATION,
  CLASSIC_POLICY,
  CODE_DEPLOY_GROUP,
  DEFAULT_NETWORK,
  DEFAULT_SECURITY_GROUP,
  DISTRIBUTION,
  EC2_FLEET,
  ECS_SERVICE,
  ECS_TASK_SET,
  EDGE_FUNCTION,
  ELASTIC_IP,
  ELASTIC_IP_ASSOCIATION,
  ENDPOINT_SERVICE,
  ENDPOINT_SERVICE_PRINCIPAL,
  EVENT_SCHEDULE,
  EVENT_TARGET,
  EXPRESS_SERVICE,
  HTTP_API_DOMAIN,
  INGRESS_RULE,
  INSTANCE,
  LATTICE_TARGET_GROUP,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  LIGHTSAIL_CONTAINERS,
  LIGHTSAIL_INSTANCE,
  LISTENER,
  LISTENER_CERTIFICATE,
  LISTENER_RULE,
  LOAD_BALANCER,
  MAINTENANCE_TASK,
  MULTITENANT_DISTRIBUTION,
  NETWORK_INTERFACE,
  NODE_GROUP,
  OTHER_LAUNCHERS,
  PIPE,
  SEARCH_DOMAIN,
  SECURITY_GROUP,
  SECURITY_GROUP_ATTACHMENT,
  SECURITY_GROUP_RULE,
  SERVER_CERTIFICATE,
  SPOT_FLEET,
  SSM_ASSOCIATION,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
  TRAFFIC_SOURCE_ATTACHMENT,
  VPC,
  VPC_ORIGIN,
} from "../../resources";

/** Types that create a resource of any CloudFormation type, by the property that names the type. */
export const BY_TYPE_NAME: Readonly<Record<string, string>> = {
  "aws:cloudcontrol/resource:Resource": "typeName",
  "aws-native:index:ExtensionResource": "type",
};

/** Types that create the resources of a template. */
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

/** State machines of Step Functions. */
export const STATE_MACHINE = ["aws:sfn/stateMachine:StateMachine"] as const;

/** Remediation configurations of AWS Config. */
export const REMEDIATION = ["aws:cfg/remediationConfiguration:RemediationConfiguration"] as const;

/** Conformance packs of AWS Config, whose templates may hold such configurations. */
export const CONFORMANCE_PACK = [
  "aws:cfg/conformancePack:ConformancePack",
  "aws:cfg/organizationConformancePack:OrganizationConformancePack",
] as const;

/** Scripts that SageMaker runs when a notebook or studio starts. */
export const NOTEBOOK_SCRIPT = [
  "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
  "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig",
] as const;

/** Response plans of Incident Manager. */
export const RESPONSE_PLAN = ["aws:ssmincidents/responsePlan:ResponsePlan"] as const;

/** Experiment templates of AWS Fault Injection Service. */
export const EXPERIMENT = ["aws:fis/experimentTemplate:ExperimentTemplate"] as const;

/** API destinations, which EventBridge rules call by HTTP. */
export const API_DESTINATION = ["aws:cloudwatch/eventApiDestination:EventApiDestination"] as const;

/** Pipelines of CodePipeline, which may run commands. */
export const PIPELINE = ["aws:codepipeline/pipeline:Pipeline"] as const;

/** Integrations of API Gateway's REST APIs. */
export const INTEGRATION = ["aws:apigateway/integration:Integration"] as const;

/**
 * API groups of Kubernetes resources that create AWS resources: AWS Controllers for Kubernetes, and Crossplane.
 *
 * Source: https://aws-controllers-k8s.github.io/community/docs/community/services/, https://docs.crossplane.io/
 */
export const CONTROLLER_GROUP = /(^|\.)(services\.k8s\.aws|aws(\.m)?\.upbound\.io|aws\.crossplane\.io)$/;

/**
 * Features of EKS clusters by which AWS runs controllers in them: the property that names the feature, and the names of
 * those that create AWS resources from Kubernetes objects.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/ack.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-vendors.html
 */
export const CLUSTER_FEATURES: Readonly<Record<string, readonly [property: string, names: RegExp]>> = {
  "aws:eks/capability:Capability": ["type", /^ack$/i],
  "aws-native:eks:Capability": ["type", /^ack$/i],
  "aws:eks/addon:Addon": ["addonName", /crossplane/i],
  "aws-native:eks:Addon": ["addonName", /crossplane/i],
};

/** Types that run commands, of the command provider and of similar providers. */
export const COMMAND =
  /^(?!aws|azure|gcp|google)[\w-]+:[\w/.-]*:(\w*(Command|Exec|Playbook|Provisioner|ShellScript))$/;

/** Runs a command on an instance, by SSH. */
export const REMOTE_COMMAND = ["command:remote:Command"] as const;

/** Load balancers of Amazon Lightsail, which listen on port 80 and need a second resource for HTTPS. */
export const LIGHTSAIL_LOAD_BALANCER = ["aws:lightsail/lb:Lb"] as const;

/** Whether a Lightsail load balancer redirects from HTTP to HTTPS. */
export const LIGHTSAIL_REDIRECTION = [
  "aws:lightsail/lbHttpsRedirectionPolicy:LbHttpsRedirectionPolicy",
] as const;

/** Lightsail distributions, which use CloudFront. */
export const LIGHTSAIL_DISTRIBUTION = ["aws:lightsail/distribution:Distribution"] as const;

/** The firewalls of Lightsail's instances. */
export const LIGHTSAIL_PORTS = ["aws:lightsail/instancePublicPorts:InstancePublicPorts"] as const;

/** Endpoint groups of Global Accelerator. */
export const ENDPOINT_GROUP = ["aws:globalaccelerator/endpointGroup:EndpointGroup"] as const;

/** Custom routing endpoint groups of Global Accelerator, which always route to instances. */
export const CUSTOM_ROUTING_GROUP = [
  "aws:globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup",
] as const;

/** Services of Kubernetes, some of which get a load balancer. */
export const KUBERNETES_SERVICE = ["kubernetes:core/v1:Service", "kubernetes:core/v1:ServicePatch"] as const;

/** Kubernetes resources for which a controller in the cluster creates load balancers. */
export const KUBERNETES_INGRESS = [
  ...["networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"].flatMap((version) => [
    `kubernetes:${version}:Ingress`,
    `kubernetes:${version}:IngressPatch`,
  ]),
  ...["v1", "v1beta1", "v1alpha2"].map(
    (version) => `kubernetes:gateway.networking.k8s.io/${version}:Gateway`,
  ),
];

export const LATTICE_LISTENER = ["aws:vpclattice/listener:Listener"] as const;

/**
 * The types that the rules judge, and types that create such resources, under the names of `@pulumi/aws`. Other
 * providers' names are derived from these; see `./foreign-names`.
 */
export const JUDGED: readonly string[] = [
  ...[LOAD_BALANCER, CLASSIC_LOAD_BALANCER, LISTENER, LISTENER_RULE, LISTENER_CERTIFICATE].flat(),
  ...[TARGET_GROUP, TARGET_GROUP_ATTACHMENT, CLASSIC_POLICY, CLASSIC_NEGOTIATION].flat(),
  ...[
    AUTO_SCALING_GROUP,
    ATTACHMENT,
    TRAFFIC_SOURCE_ATTACHMENT,
    LAUNCH_CONFIGURATION,
    LAUNCH_TEMPLATE,
  ].flat(),
  ...[SECURITY_GROUP, SECURITY_GROUP_RULE, DEFAULT_SECURITY_GROUP, INGRESS_RULE].flat(),
  ...[INSTANCE, SPOT_FLEET, EC2_FLEET, NODE_GROUP, OTHER_LAUNCHERS, ECS_SERVICE, ECS_TASK_SET].flat(),
  ...[ELASTIC_IP, ELASTIC_IP_ASSOCIATION, NETWORK_INTERFACE, SECURITY_GROUP_ATTACHMENT, VPC].flat(),
  ...DEFAULT_NETWORK,
  ...[BUCKET, BUCKET_POLICY, CERTIFICATE, SERVER_CERTIFICATE, API_DOMAIN].flat(),
  ...[DISTRIBUTION, MULTITENANT_DISTRIBUTION, VPC_ORIGIN, CODE_DEPLOY_GROUP].flat(),
  ...[EVENT_SCHEDULE, EVENT_TARGET, PIPE, SSM_ASSOCIATION, MAINTENANCE_TASK, REMEDIATION].flat(),
  ...[TEMPLATE, INVOCATION, LIGHTSAIL_LOAD_BALANCER, LIGHTSAIL_INSTANCE].flat(),
  ...[LIGHTSAIL_DISTRIBUTION, LIGHTSAIL_PORTS, EXPRESS_SERVICE, ENDPOINT_GROUP, CUSTOM_ROUTING_GROUP].flat(),
  ...[BEANSTALK, BEANSTALK_TEMPLATE, LATTICE_LISTENER].flat(),
  ...[ENDPOINT_SERVICE, ENDPOINT_SERVICE_PRINCIPAL, HTTP_API_DOMAIN, SEARCH_DOMAIN, EDGE_FUNCTION].flat(),
  ...[APP_RUNNER_SERVICE, LIGHTSAIL_CONTAINERS, LATTICE_TARGET_GROUP, LIGHTSAIL_REDIRECTION].flat(),
  "aws:cloudcontrol/resource:Resource",
];
