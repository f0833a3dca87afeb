/**
 * The exact type tokens of the resources that the rules judge. `@pulumi/aws` has several names for one AWS resource,
 * and each is a separate type for a policy: `lb` and `alb` are two modules, and the other tokens are names of earlier
 * releases, which the SDK still lists as aliases.
 */

/** Listeners of Application, Network and Gateway Load Balancers. */
export const LISTENER = [
  "aws:lb/listener:Listener",
  "aws:alb/listener:Listener",
  "aws:elasticloadbalancingv2/listener:Listener",
  "aws:applicationloadbalancing/listener:Listener",
] as const;

/** Rules of Application Load Balancer listeners. */
export const LISTENER_RULE = [
  "aws:lb/listenerRule:ListenerRule",
  "aws:alb/listenerRule:ListenerRule",
  "aws:elasticloadbalancingv2/listenerRule:ListenerRule",
  "aws:applicationloadbalancing/listenerRule:ListenerRule",
] as const;

/** Classic Load Balancers, which declare their listeners inline. */
export const CLASSIC_LOAD_BALANCER = [
  "aws:elb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancing/loadBalancer:LoadBalancer",
] as const;

/** Target groups of Application, Network and Gateway Load Balancers. */
export const TARGET_GROUP = [
  "aws:lb/targetGroup:TargetGroup",
  "aws:alb/targetGroup:TargetGroup",
  "aws:elasticloadbalancingv2/targetGroup:TargetGroup",
  "aws:applicationloadbalancing/targetGroup:TargetGroup",
] as const;

/** EC2 Auto Scaling groups. */
export const AUTO_SCALING_GROUP = ["aws:autoscaling/group:Group"] as const;

/** Attaches an Auto Scaling group to a target group or a Classic Load Balancer. */
export const ATTACHMENT = ["aws:autoscaling/attachment:Attachment"] as const;

/** Attaches an Auto Scaling group to a target group, a Classic Load Balancer or a VPC Lattice target group. */
export const TRAFFIC_SOURCE_ATTACHMENT = [
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
] as const;

export const SECURITY_GROUP = ["aws:ec2/securityGroup:SecurityGroup"] as const;

/** The default security group of a VPC, adopted by a program. */
export const DEFAULT_SECURITY_GROUP = ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"] as const;

/** A security group rule of either direction. */
export const SECURITY_GROUP_RULE = ["aws:ec2/securityGroupRule:SecurityGroupRule"] as const;

export const INGRESS_RULE = ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"] as const;

/** Lists of CIDR blocks that security groups and routes name as one. */
export const PREFIX_LIST = ["aws:ec2/managedPrefixList:ManagedPrefixList"] as const;

/** One block of such a list. */
export const PREFIX_LIST_ENTRY = ["aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"] as const;

export const NETWORK_INTERFACE = ["aws:ec2/networkInterface:NetworkInterface"] as const;

/** Puts a network interface, such as an instance's, into one more security group. */
export const SECURITY_GROUP_ATTACHMENT = [
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
] as const;

/** What an Auto Scaling group launches. */
export const LAUNCH_TEMPLATE = ["aws:ec2/launchTemplate:LaunchTemplate"] as const;

/** Launch configurations, the predecessors of launch templates. */
export const LAUNCH_CONFIGURATION = ["aws:ec2/launchConfiguration:LaunchConfiguration"] as const;

/** Single instances; a spot request takes the same arguments. */
export const INSTANCE = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
] as const;

/** Spot Fleet requests, which register the instances that they launch. */
export const SPOT_FLEET = ["aws:ec2/spotFleetRequest:SpotFleetRequest"] as const;

/** What a region's new instances have in place of metadata options that their template or program doesn't set. */
export const METADATA_DEFAULTS = ["aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"] as const;

/** EC2 Fleets, of Spot and On-Demand Instances. */
export const EC2_FLEET = ["aws:ec2/fleet:Fleet"] as const;

/** Groups of nodes that EKS launches. */
export const NODE_GROUP = ["aws:eks/nodeGroup:NodeGroup"] as const;

/** Other types that launch EC2 instances into the program's subnets: AWS Batch, EMR, Image Builder, and ECS. */
export const OTHER_LAUNCHERS = [
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:emr/cluster:Cluster",
  "aws:ecs/capacityProvider:CapacityProvider",
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
] as const;

/** Schedules of EventBridge, which may call AWS's API and run tasks of ECS. */
export const EVENT_SCHEDULE = ["aws:scheduler/schedule:Schedule"] as const;

/** Targets of EventBridge's rules. */
export const EVENT_TARGET = ["aws:cloudwatch/eventTarget:EventTarget"] as const;

/** Pipes of EventBridge. */
export const PIPE = ["aws:pipes/pipe:Pipe"] as const;

export const DEFAULT_SUBNET = ["aws:ec2/defaultSubnet:DefaultSubnet"] as const;

export const ELASTIC_IP = ["aws:ec2/eip:Eip"] as const;

export const ELASTIC_IP_ASSOCIATION = ["aws:ec2/eipAssociation:EipAssociation"] as const;

export const VPC = ["aws:ec2/vpc:Vpc"] as const;

export const FLOW_LOG = ["aws:ec2/flowLog:FlowLog"] as const;

/** The account's default network, adopted by a program. */
export const DEFAULT_NETWORK = [
  "aws:ec2/defaultVpc:DefaultVpc",
  "aws:ec2/defaultSubnet:DefaultSubnet",
  "awsx:ec2:DefaultVpc",
] as const;

/** Endpoint services of AWS PrivateLink, by which other accounts reach a load balancer. */
export const ENDPOINT_SERVICE = ["aws:ec2/vpcEndpointService:VpcEndpointService"] as const;

/** Lets one more principal connect to such a service. */
export const ENDPOINT_SERVICE_PRINCIPAL = [
  "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
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

export const WEB_ACL = ["aws:wafv2/webAcl:WebAcl"] as const;

/** Rules of AWS WAF that web ACLs share. */
export const WAF_RULE_GROUP = ["aws:wafv2/ruleGroup:RuleGroup"] as const;

/** Puts rules into a web ACL from outside. */
export const WEB_ACL_RULES = [
  "aws:wafv2/webAclRule:WebAclRule",
  "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
] as const;

export const WEB_ACL_ASSOCIATION = ["aws:wafv2/webAclAssociation:WebAclAssociation"] as const;

/** Services of ECS, which register their tasks; on EC2, by instance and port. */
export const ECS_SERVICE = ["aws:ecs/service:Service"] as const;

/** ECS task definitions. */
export const TASK_DEFINITION = ["aws:ecs/taskDefinition:TaskDefinition"] as const;

/** Jobs of AWS Batch. */
export const JOB_DEFINITION = ["aws:batch/jobDefinition:JobDefinition"] as const;

/** Services of App Runner. */
export const APP_RUNNER_SERVICE = ["aws:apprunner/service:Service"] as const;

/** Builds of CodeBuild. */
export const BUILD_PROJECT = ["aws:codebuild/project:Project"] as const;

/** Task sets of ECS services with an external deployment controller. */
export const ECS_TASK_SET = ["aws:ecs/taskSet:TaskSet"] as const;

/** Deployment groups of CodeDeploy, which register instances as they deploy to them. */
export const CODE_DEPLOY_GROUP = ["aws:codedeploy/deploymentGroup:DeploymentGroup"] as const;

/** Alarms of CloudWatch on metrics. */
export const METRIC_ALARM = ["aws:cloudwatch/metricAlarm:MetricAlarm"] as const;

/** Alarms on other alarms. */
export const COMPOSITE_ALARM = ["aws:cloudwatch/compositeAlarm:CompositeAlarm"] as const;

/** Rules of EventBridge, which may listen to alarms. */
export const EVENT_RULE = ["aws:cloudwatch/eventRule:EventRule"] as const;

/** Additional certificates of a listener. */
export const LISTENER_CERTIFICATE = [
  "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:alb/listenerCertificate:ListenerCertificate",
  "aws:elasticloadbalancingv2/listenerCertificate:ListenerCertificate",
  "aws:applicationloadbalancing/listenerCertificate:ListenerCertificate",
] as const;

/** Scheduled actions of Auto Scaling groups. */
export const SCHEDULE = ["aws:autoscaling/schedule:Schedule"] as const;

/** A further IPv4 range of a VPC. */
export const VPC_RANGE = ["aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"] as const;

/** VPC peering connections. */
export const PEERING = ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection"] as const;

export const SUBNET = ["aws:ec2/subnet:Subnet"] as const;

/** S3 general purpose buckets. */
export const BUCKET = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/** Access control lists of buckets. */
export const BUCKET_ACL = ["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"] as const;

/** Objects in buckets, which have access control lists of their own. */
export const BUCKET_OBJECT = [
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/BucketObject:BucketObject",
  "aws:s3/objectCopy:ObjectCopy",
] as const;

/** Public access blocks, which override a bucket's policy and access control lists. */
export const PUBLIC_ACCESS_BLOCK = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] as const;

/** Policies of S3 buckets. */
export const BUCKET_POLICY = ["aws:s3/bucketPolicy:BucketPolicy"] as const;

/** The default encryption of a bucket. */
export const BUCKET_ENCRYPTION = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

/** Websites of buckets. */
export const BUCKET_WEBSITE = [
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
] as const;

/** CloudFront distributions. */
export const DISTRIBUTION = ["aws:cloudfront/distribution:Distribution"] as const;

/** Waits until a certificate is issued. */
export const CERTIFICATE_VALIDATION = ["aws:acm/certificateValidation:CertificateValidation"] as const;

/** Functions of Lambda. */
export const FUNCTION = ["aws:lambda/function:Function"] as const;

/** Permissions to call a Lambda function. */
export const FUNCTION_PERMISSION = ["aws:lambda/permission:Permission"] as const;

/** Internet gateways. */
export const INTERNET_GATEWAY = ["aws:ec2/internetGateway:InternetGateway"] as const;

export const INTERNET_GATEWAY_ATTACHMENT = [
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
] as const;

export const NAT_GATEWAY = ["aws:ec2/natGateway:NatGateway"] as const;

/** Certificates of AWS Certificate Manager. */
export const CERTIFICATE = ["aws:acm/certificate:Certificate"] as const;

/** CloudFront distributions that tenants share. */
export const MULTITENANT_DISTRIBUTION = [
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
] as const;

/** CloudFront distributions of both kinds. */
export const ALL_DISTRIBUTIONS = [...DISTRIBUTION, ...MULTITENANT_DISTRIBUTION] as const;

/** Functions of CloudFront, which run JavaScript at the edge. */
export const EDGE_FUNCTION = ["aws:cloudfront/function:Function"] as const;

/** Origins of CloudFront in private subnets. */
export const VPC_ORIGIN = ["aws:cloudfront/vpcOrigin:VpcOrigin"] as const;

/** Policies of Classic Load Balancers, one kind of which sets the TLS versions. */
export const CLASSIC_POLICY = [
  "aws:elb/loadBalancerPolicy:LoadBalancerPolicy",
  "aws:elasticloadbalancing/loadBalancerPolicy:LoadBalancerPolicy",
] as const;

/** The TLS settings of one port of a Classic Load Balancer. */
export const CLASSIC_NEGOTIATION = [
  "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy",
  "aws:elasticloadbalancing/sslNegotiationPolicy:SslNegotiationPolicy",
] as const;

/** Policies that a listener of a Classic Load Balancer uses. */
export const CLASSIC_LISTENER_POLICY = [
  "aws:elb/listenerPolicy:ListenerPolicy",
  "aws:elasticloadbalancing/listenerPolicy:ListenerPolicy",
] as const;

/** Certificates in IAM, which are always imported. */
export const SERVER_CERTIFICATE = ["aws:iam/serverCertificate:ServerCertificate"] as const;

/** Headers that CloudFront adds to its answers. */
export const RESPONSE_HEADERS = ["aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"] as const;

/** Custom domains of REST APIs. */
export const API_DOMAIN = ["aws:apigateway/domainName:DomainName"] as const;

/** Custom domains of HTTP and WebSocket APIs. */
export const HTTP_API_DOMAIN = ["aws:apigatewayv2/domainName:DomainName"] as const;

/** Target groups of VPC Lattice. */
export const LATTICE_TARGET_GROUP = ["aws:vpclattice/targetGroup:TargetGroup"] as const;

/** Integrations of API Gateway's REST APIs. */
export const REST_INTEGRATION = ["aws:apigateway/integration:Integration"] as const;

/** Integrations of HTTP and WebSocket APIs. */
export const API_INTEGRATION = ["aws:apigatewayv2/integration:Integration"] as const;

/** Responses of API Gateway's REST APIs, whose headers may come from the API itself. */
export const REST_RESPONSE = [
  "aws:apigateway/integrationResponse:IntegrationResponse",
  "aws:apigateway/response:Response",
] as const;

/** REST APIs of API Gateway. */
export const REST_API = ["aws:apigateway/restApi:RestApi"] as const;

/** HTTP and WebSocket APIs of API Gateway. */
export const HTTP_API = ["aws:apigatewayv2/api:Api"] as const;

/** Data sources of AppSync. */
export const APPSYNC_SOURCE = ["aws:appsync/dataSource:DataSource"] as const;

/** Subscriptions of SNS topics. */
export const TOPIC_SUBSCRIPTION = ["aws:sns/topicSubscription:TopicSubscription"] as const;

/** Applications that Amplify builds and serves. */
export const AMPLIFY_APP = ["aws:amplify/app:App"] as const;

/** Branches of Amplify, which are built by themselves. */
export const AMPLIFY_BRANCH = ["aws:amplify/branch:Branch"] as const;

/** ECS services for which ECS creates a load balancer. */
export const EXPRESS_SERVICE = ["aws:ecs/expressGatewayService:ExpressGatewayService"] as const;

/** What a container service of Lightsail runs. */
export const LIGHTSAIL_CONTAINERS = [
  "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
] as const;

/** Associations of Systems Manager, which run a document on instances. */
export const SSM_ASSOCIATION = ["aws:ssm/association:Association"] as const;

/** Tasks of Systems Manager's maintenance windows. */
export const MAINTENANCE_TASK = ["aws:ssm/maintenanceWindowTask:MaintenanceWindowTask"] as const;

/** Documents of Systems Manager. */
export const DOCUMENT = ["aws:ssm/document:Document"] as const;

/** Components that Image Builder runs while it builds an image. */
export const IMAGE_COMPONENT = ["aws:imagebuilder/component:Component"] as const;

/** Recipes of Image Builder, with the user data of the instance that builds the image. */
export const IMAGE_RECIPE = ["aws:imagebuilder/imageRecipe:ImageRecipe"] as const;

/** Instances of Lightsail, which have a public address with port 80 open. */
export const LIGHTSAIL_INSTANCE = ["aws:lightsail/instance:Instance"] as const;

/** Environments of Elastic Beanstalk, which create a load balancer, an Auto Scaling group and security groups. */
export const BEANSTALK = ["aws:elasticbeanstalk/environment:Environment"] as const;

/** Settings that environments of Elastic Beanstalk may share. */
export const BEANSTALK_TEMPLATE = [
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
] as const;

/** Kubernetes workloads, which run containers. */
export const KUBERNETES_WORKLOAD = [
  "batch/v1:Job",
  "batch/v1:CronJob",
  "core/v1:Pod",
  "apps/v1:Deployment",
  "apps/v1:StatefulSet",
  "apps/v1:DaemonSet",
].map((kind) => `kubernetes:${kind}`);

/** DNS records of Route 53. */
export const RECORD = ["aws:route53/record:Record"] as const;

/** Route 53's health checks. */
export const HEALTH_CHECK = ["aws:route53/healthCheck:HealthCheck"] as const;

/** True if a resource is of one of the given types. */
export function isOf(types: readonly string[], resource: { readonly type: string }): boolean {
  return types.includes(resource.type);
}

/** Domains of OpenSearch, also under its former name, and of CloudSearch. */
export const SEARCH_DOMAIN = [
  "aws:opensearch/domain:Domain",
  "aws:elasticsearch/domain:Domain",
  "aws:cloudsearch/domain:Domain",
] as const;
