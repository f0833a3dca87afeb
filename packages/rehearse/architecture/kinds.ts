import { shortType } from "../cost/graph";
import type { Resource } from "../engine/resource";

/** The icon of a box. */
export type Icon =
  | "balancer"
  | "bell"
  | "bucket"
  | "chart"
  | "container"
  | "database"
  | "function"
  | "gateway"
  | "gear"
  | "globe"
  | "key"
  | "log"
  | "people"
  | "queue"
  | "server"
  | "servers"
  | "shield";

/** The category of a box, shown by its colour. */
export type Category =
  "compute" | "data" | "management" | "messaging" | "network" | "other" | "security" | "storage";

/**
 * How a type is drawn: as a box; as one box for all resources of the type; as part of what it refers to; as part of
 * what refers to it (or as a box if nothing does); or as a frame around others.
 */
export type Role = "box" | "many" | "part" | "used" | "frame";

/** How a type is drawn. */
export interface Kind {
  /** AWS's name for it. */
  readonly label: string;
  readonly icon: Icon;
  readonly category: Category;
  readonly role: Role;
  /** Whether it belongs to no Region. */
  readonly isGlobal?: boolean;
}

/** The services by the provider's module: AWS's names, icons and categories. */
const SERVICES: Readonly<Record<string, readonly [label: string, icon: Icon, category: Category]>> = {
  acm: ["Certificate", "key", "security"],
  apigateway: ["API Gateway", "gateway", "network"],
  apigatewayv2: ["API Gateway", "gateway", "network"],
  apprunner: ["App Runner", "container", "compute"],
  appsync: ["AppSync", "gateway", "network"],
  athena: ["Athena", "chart", "data"],
  autoscaling: ["Auto Scaling", "servers", "compute"],
  backup: ["Backup", "bucket", "storage"],
  batch: ["Batch", "servers", "compute"],
  cfg: ["Config", "gear", "management"],
  cloudformation: ["CloudFormation", "gear", "management"],
  cloudfront: ["CloudFront", "globe", "network"],
  cloudtrail: ["CloudTrail", "log", "management"],
  cloudwatch: ["CloudWatch", "chart", "management"],
  codebuild: ["CodeBuild", "gear", "management"],
  codedeploy: ["CodeDeploy", "gear", "management"],
  codepipeline: ["CodePipeline", "gear", "management"],
  cognito: ["Cognito", "people", "security"],
  dax: ["DAX", "database", "data"],
  docdb: ["DocumentDB", "database", "data"],
  dynamodb: ["DynamoDB", "database", "data"],
  ec2: ["EC2", "server", "compute"],
  ec2transitgateway: ["Transit Gateway", "gateway", "network"],
  ebs: ["EBS", "bucket", "storage"],
  ecr: ["ECR", "container", "storage"],
  ecs: ["ECS", "container", "compute"],
  efs: ["EFS", "bucket", "storage"],
  eks: ["EKS", "container", "compute"],
  elasticache: ["ElastiCache", "database", "data"],
  elasticbeanstalk: ["Elastic Beanstalk", "servers", "compute"],
  elasticsearch: ["Elasticsearch", "database", "data"],
  elb: ["Classic Load Balancer", "balancer", "network"],
  emr: ["EMR", "servers", "data"],
  fsx: ["FSx", "bucket", "storage"],
  globalaccelerator: ["Global Accelerator", "globe", "network"],
  glue: ["Glue", "gear", "data"],
  guardduty: ["GuardDuty", "shield", "security"],
  iam: ["IAM", "key", "security"],
  iot: ["IoT", "gateway", "messaging"],
  kinesis: ["Kinesis", "queue", "messaging"],
  kms: ["KMS", "key", "security"],
  lambda: ["Lambda", "function", "compute"],
  lb: ["Load balancer", "balancer", "network"],
  lightsail: ["Lightsail", "server", "compute"],
  mq: ["MQ", "queue", "messaging"],
  msk: ["MSK", "queue", "messaging"],
  mwaa: ["Managed Airflow", "gear", "compute"],
  neptune: ["Neptune", "database", "data"],
  networkfirewall: ["Network Firewall", "shield", "security"],
  opensearch: ["OpenSearch", "database", "data"],
  organizations: ["Organizations", "people", "management"],
  rds: ["RDS", "database", "data"],
  redshift: ["Redshift", "database", "data"],
  route53: ["Route 53", "globe", "network"],
  route53domains: ["Route 53 domain", "globe", "network"],
  s3: ["S3", "bucket", "storage"],
  sagemaker: ["SageMaker", "gear", "compute"],
  scheduler: ["EventBridge Scheduler", "bell", "messaging"],
  secretsmanager: ["Secrets Manager", "key", "security"],
  ses: ["SES", "queue", "messaging"],
  sfn: ["Step Functions", "gear", "messaging"],
  sns: ["SNS", "bell", "messaging"],
  sqs: ["SQS", "queue", "messaging"],
  ssm: ["Systems Manager", "gear", "management"],
  synthetics: ["CloudWatch Synthetics", "chart", "management"],
  transfer: ["Transfer Family", "gateway", "storage"],
  vpclattice: ["VPC Lattice", "gateway", "network"],
  waf: ["AWS WAF", "shield", "security"],
  wafregional: ["AWS WAF", "shield", "security"],
  wafv2: ["AWS WAF", "shield", "security"],
};

/** Modules whose resources belong to no Region. */
const GLOBAL = new Set([
  "cloudfront",
  "globalaccelerator",
  "iam",
  "organizations",
  "route53",
  "route53domains",
  "waf",
]);

type Override = Partial<Kind> & { readonly role: Role };

/** The types for which module and name don't give the right drawing. */
const TYPES: Readonly<Record<string, Override>> = {
  "ec2/vpc": { role: "frame", label: "VPC" },
  "ec2/defaultVpc": { role: "frame", label: "Default VPC" },
  "ec2/subnet": { role: "frame", label: "Subnet" },
  "ec2/defaultSubnet": { role: "frame", label: "Default subnet" },

  "acm/certificate": { role: "box", label: "Certificate" },
  "acmpca/certificateAuthority": { role: "box", label: "Private CA", icon: "key", category: "security" },
  "autoscaling/group": { role: "box", label: "Auto Scaling group" },
  "cloudfront/distribution": { role: "box", label: "CloudFront" },
  "dynamodb/table": { role: "box", label: "DynamoDB table" },
  "ec2/instance": { role: "box", label: "EC2 instance" },
  "ec2/networkInterface": { role: "used", label: "Network interface", icon: "gateway", category: "network" },
  "ec2/natGateway": { role: "many", label: "NAT gateway", icon: "gateway", category: "network" },
  "ec2/vpcEndpoint": { role: "many", label: "VPC endpoint", icon: "gateway", category: "network" },
  "ec2/vpnGateway": { role: "box", label: "VPN gateway", icon: "gateway", category: "network" },
  "ec2/vpcPeeringConnection": { role: "box", label: "VPC peering", icon: "gateway", category: "network" },
  "ec2transitgateway/transitGateway": { role: "box", label: "Transit gateway" },
  "ecs/service": { role: "box", label: "ECS service" },
  "eks/cluster": { role: "box", label: "EKS cluster" },
  "eks/nodeGroup": { role: "box", label: "EKS node group", icon: "servers" },
  "elb/loadBalancer": { role: "box", label: "Classic Load Balancer" },
  "kms/key": { role: "box", label: "KMS key" },
  "lambda/function": { role: "box", label: "Lambda function" },
  "lb/loadBalancer": { role: "box", label: "Load balancer" },
  "rds/cluster": { role: "box", label: "RDS cluster" },
  "rds/instance": { role: "box", label: "RDS database" },
  "route53/healthCheck": { role: "box", label: "Route 53 health check", icon: "bell" },
  "route53/zone": { role: "box", label: "Route 53" },
  "s3/bucket": { role: "box", label: "S3 bucket" },
  "sfn/stateMachine": { role: "box", label: "Step Functions" },
  "sns/topic": { role: "box", label: "SNS topic" },
  "sqs/queue": { role: "box", label: "SQS queue" },
  "cloudwatch/eventRule": { role: "box", label: "EventBridge rule", icon: "bell", category: "messaging" },
  "cloudwatch/eventBus": { role: "box", label: "EventBridge bus", icon: "queue", category: "messaging" },
  "scheduler/scheduleGroup": { role: "used", label: "EventBridge schedule group" },
  "scheduler/schedule": { role: "box", label: "EventBridge schedule" },
  "apigateway/restApi": { role: "box", label: "API Gateway" },
  "apigatewayv2/api": { role: "box", label: "API Gateway" },
  "appsync/graphQLApi": { role: "box", label: "AppSync API" },
  "efs/fileSystem": { role: "box", label: "EFS file system" },
  "wafregional/webAcl": { role: "box", label: "AWS WAF" },
  "wafv2/webAcl": { role: "box", label: "AWS WAF" },
  "secretsmanager/secret": { role: "box", label: "Secret" },

  "route53/record": { role: "many", label: "Route 53" },
  "cloudwatch/metricAlarm": { role: "many", label: "Alarm", icon: "bell" },
  "cloudwatch/compositeAlarm": { role: "many", label: "Alarm", icon: "bell" },
  "cloudwatch/dashboard": { role: "many", label: "Dashboard" },
  "cloudwatch/logGroup": { role: "many", label: "Log group", icon: "log" },
  "ecr/repository": { role: "many", label: "ECR repository" },
  "ssm/parameter": { role: "many", label: "SSM parameter" },

  "autoscaling/launchConfiguration": { role: "used", label: "Launch configuration" },
  "ec2/eip": { role: "used", label: "Elastic IP address", icon: "gateway", category: "network" },
  "ec2/keyPair": { role: "used", label: "Key pair", icon: "key", category: "security" },
  "ec2/launchTemplate": { role: "used", label: "Launch template" },
  "ec2/managedPrefixList": { role: "used", label: "Prefix list", icon: "gateway", category: "network" },
  "ec2/securityGroup": { role: "used", label: "Security group", icon: "shield", category: "security" },
  "ecs/cluster": { role: "used", label: "ECS cluster" },
  "ecs/taskDefinition": { role: "used", label: "ECS task definition" },
  "iam/instanceProfile": { role: "used", label: "Instance profile" },
  "iam/policy": { role: "used", label: "IAM policy" },
  "iam/role": { role: "used", label: "IAM role" },
  "lambda/layerVersion": { role: "used", label: "Lambda layer" },
  "lb/targetGroup": { role: "used", label: "Target group" },
  "cloudfront/vpcOrigin": { role: "used", label: "VPC origin" },
  "cloudwatch/logDelivery": { role: "part" },
  "cloudwatch/logDeliverySource": { role: "part" },
  "cloudwatch/logDeliveryDestination": { role: "part" },
  "route53/zoneAssociation": { role: "part" },
};

/** Types that others refer to, and that are drawn only if nothing does. */
const USED =
  /(subnetGroup|parameterGroup|optionGroup|cachePolicy|originRequestPolicy|responseHeadersPolicy|originAccess\w+|capacityProvider|placementGroup|wafv2\/(ipSet|regexPatternSet|ruleGroup)|iam\/openIdConnectProvider)$/i;

/** Types that configure another resource, by the end of their names. */
const PART =
  /(accessKey|acl|addon|alias|assignment|association|attachment|authorizer|block|certificate|certificateValidation|capacityProviders|clusterInstance|configuration|controls?|credential|deployment|endpointGroup|destination|dhcpOptions|domainName|accessPoint|egressRule|encryption\w*|functionUrl|eventSourceMapping|filter|flowLog|gateway|gatewayResponse|grant|hook|ingressRule|instance|integration\w*|invocation|lifecycle\w*|listener|listenerRule|logging\w*|logStream|member|membership|method\w*|metric\w*|model|mountTarget|notification|object|objectCopy|objectv2|ownershipControls|permission|policy|policyAttachment|policyDocument|replica|requestValidator|resolver|resource|resourceServer|route|routeTable|routeTableAssociation|rule|schedule|schema|secretVersion|securityGroup\w*|setting|settings|snapshot|source|sourceCredential|stage|subscription|subscriptionFilter|tag|target|trigger|usagePlan\w*|apiKey|userPoolClient|userPoolDomain|validation|version|versioning\w*|websiteConfiguration\w*)$/i;

/** How an AWS resource is drawn; undefined for other providers. */
export function kindOf({ type }: Pick<Resource, "type">): Kind | undefined {
  const key = shortType(type);
  if (key === undefined) return undefined;
  const [module = "", name = ""] = key.split("/");
  const [service, icon, category] = SERVICES[module] ?? [sentence(module), "gear", "other"];
  const role = USED.test(key) ? "used" : PART.test(name) ? "part" : "box";
  return {
    label: `${service} ${words(name)}`,
    icon,
    category,
    role,
    ...(GLOBAL.has(module) ? { isGlobal: true } : {}),
    ...TYPES[key],
  };
}

/** How a component is drawn whose children only its provider knows, by its service. */
export function componentKind({ type }: Pick<Resource, "type">): Kind {
  const [provider = "", module = "", name = ""] = type
    .split(/[:/]/)
    .filter((part) => part !== "index" && part !== "x");
  const key = module in SERVICES ? module : provider;
  const [service, icon, category] = SERVICES[key] ?? [sentence(provider), "gear", "other"];
  return { label: `${service} ${words(name === "" ? module : name)}`, icon, category, role: "box" };
}

/** `load balancer` for `loadBalancer`. */
function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

function sentence(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
