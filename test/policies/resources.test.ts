import assert from "node:assert/strict";
import * as resources from "../../policies/resources";
import * as evasion from "../../policies/rules/evasion/types";
import * as relations from "../../policies/rules/refused-by-aws/relations/types";
import { tokensOf } from "../support/type-tokens";

/** The SDK modules that serve each kind of resource. */
const MODULES = {
  LISTENER: ["aws/lb/listener", "aws/alb/listener"],
  LISTENER_RULE: ["aws/lb/listenerRule", "aws/alb/listenerRule"],
  LISTENER_CERTIFICATE: ["aws/lb/listenerCertificate", "aws/alb/listenerCertificate"],
  LOAD_BALANCER: ["aws/lb/loadBalancer", "aws/alb/loadBalancer"],
  CLASSIC_LOAD_BALANCER: ["aws/elb/loadBalancer"],
  CLASSIC_POLICY: ["aws/elb/loadBalancerPolicy"],
  CLASSIC_NEGOTIATION: ["aws/elb/sslNegotiationPolicy"],
  CLASSIC_LISTENER_POLICY: ["aws/elb/listenerPolicy"],
  TARGET_GROUP: ["aws/lb/targetGroup", "aws/alb/targetGroup"],
  TARGET_GROUP_ATTACHMENT: ["aws/lb/targetGroupAttachment", "aws/alb/targetGroupAttachment"],
  AUTO_SCALING_GROUP: ["aws/autoscaling/group"],
  ATTACHMENT: ["aws/autoscaling/attachment"],
  TRAFFIC_SOURCE_ATTACHMENT: ["aws/autoscaling/trafficSourceAttachment"],
  SCHEDULE: ["aws/autoscaling/schedule"],
  SECURITY_GROUP: ["aws/ec2/securityGroup"],
  DEFAULT_SECURITY_GROUP: ["aws/ec2/defaultSecurityGroup"],
  SECURITY_GROUP_RULE: ["aws/ec2/securityGroupRule"],
  INGRESS_RULE: ["aws/vpc/securityGroupIngressRule"],
  PREFIX_LIST: ["aws/ec2/managedPrefixList"],
  PREFIX_LIST_ENTRY: ["aws/ec2/managedPrefixListEntry"],
  NETWORK_INTERFACE: ["aws/ec2/networkInterface"],
  SECURITY_GROUP_ATTACHMENT: ["aws/ec2/networkInterfaceSecurityGroupAttachment"],
  LAUNCH_TEMPLATE: ["aws/ec2/launchTemplate"],
  LAUNCH_CONFIGURATION: ["aws/ec2/launchConfiguration"],
  INSTANCE: ["aws/ec2/instance", "aws/ec2/spotInstanceRequest"],
  SPOT_FLEET: ["aws/ec2/spotFleetRequest"],
  METADATA_DEFAULTS: ["aws/ec2/instanceMetadataDefaults"],
  EC2_FLEET: ["aws/ec2/fleet"],
  NODE_GROUP: ["aws/eks/nodeGroup"],
  OTHER_LAUNCHERS: [
    "aws/batch/computeEnvironment",
    "aws/emr/cluster",
    "aws/ecs/capacityProvider",
    "aws/imagebuilder/infrastructureConfiguration",
  ],
  SEARCH_DOMAIN: ["aws/opensearch/domain", "aws/elasticsearch/domain", "aws/cloudsearch/domain"],
  JOB_DEFINITION: ["aws/batch/jobDefinition"],
  APP_RUNNER_SERVICE: ["aws/apprunner/service"],
  BUILD_PROJECT: ["aws/codebuild/project"],
  EVENT_SCHEDULE: ["aws/scheduler/schedule"],
  EVENT_TARGET: ["aws/cloudwatch/eventTarget"],
  PIPE: ["aws/pipes/pipe"],
  DEFAULT_SUBNET: ["aws/ec2/defaultSubnet"],
  ELASTIC_IP: ["aws/ec2/eip"],
  ELASTIC_IP_ASSOCIATION: ["aws/ec2/eipAssociation"],
  VPC: ["aws/ec2/vpc"],
  VPC_RANGE: ["aws/ec2/vpcIpv4CidrBlockAssociation"],
  PEERING: ["aws/ec2/vpcPeeringConnection"],
  SUBNET: ["aws/ec2/subnet"],
  FLOW_LOG: ["aws/ec2/flowLog"],
  DEFAULT_NETWORK: ["aws/ec2/defaultVpc", "aws/ec2/defaultSubnet", "awsx/ec2/defaultVpc"],
  WEB_ACL: ["aws/wafv2/webAcl"],
  WAF_RULE_GROUP: ["aws/wafv2/ruleGroup"],
  WEB_ACL_RULES: ["aws/wafv2/webAclRule", "aws/wafv2/webAclRuleGroupAssociation"],
  WEB_ACL_ASSOCIATION: ["aws/wafv2/webAclAssociation"],
  ECS_SERVICE: ["aws/ecs/service"],
  TASK_DEFINITION: ["aws/ecs/taskDefinition"],
  ECS_TASK_SET: ["aws/ecs/taskSet"],
  CODE_DEPLOY_GROUP: ["aws/codedeploy/deploymentGroup"],
  COMPOSITE_ALARM: ["aws/cloudwatch/compositeAlarm"],
  EVENT_RULE: ["aws/cloudwatch/eventRule"],
  METRIC_ALARM: ["aws/cloudwatch/metricAlarm"],
  BUCKET: ["aws/s3/bucket", "aws/s3/bucketV2"],
  BUCKET_ACL: ["aws/s3/bucketAcl", "aws/s3/bucketAclV2"],
  BUCKET_OBJECT: ["aws/s3/bucketObject", "aws/s3/bucketObjectv2", "aws/s3/objectCopy"],
  PUBLIC_ACCESS_BLOCK: ["aws/s3/bucketPublicAccessBlock"],
  BUCKET_POLICY: ["aws/s3/bucketPolicy"],
  BUCKET_ENCRYPTION: [
    "aws/s3/bucketServerSideEncryptionConfiguration",
    "aws/s3/bucketServerSideEncryptionConfigurationV2",
  ],
  CERTIFICATE: ["aws/acm/certificate"],
  CERTIFICATE_VALIDATION: ["aws/acm/certificateValidation"],
  FUNCTION: ["aws/lambda/function"],
  FUNCTION_PERMISSION: ["aws/lambda/permission"],
  INTERNET_GATEWAY: ["aws/ec2/internetGateway"],
  INTERNET_GATEWAY_ATTACHMENT: ["aws/ec2/internetGatewayAttachment"],
  NAT_GATEWAY: ["aws/ec2/natGateway"],
  SERVER_CERTIFICATE: ["aws/iam/serverCertificate"],
  API_DOMAIN: ["aws/apigateway/domainName"],
  HTTP_API_DOMAIN: ["aws/apigatewayv2/domainName"],
  REST_API: ["aws/apigateway/restApi"],
  LATTICE_TARGET_GROUP: ["aws/vpclattice/targetGroup"],
  REST_INTEGRATION: ["aws/apigateway/integration"],
  API_INTEGRATION: ["aws/apigatewayv2/integration"],
  HTTP_API: ["aws/apigatewayv2/api"],
  APPSYNC_SOURCE: ["aws/appsync/dataSource"],
  TOPIC_SUBSCRIPTION: ["aws/sns/topicSubscription"],
  AMPLIFY_APP: ["aws/amplify/app"],
  AMPLIFY_BRANCH: ["aws/amplify/branch"],
  EXPRESS_SERVICE: ["aws/ecs/expressGatewayService"],
  LIGHTSAIL_CONTAINERS: ["aws/lightsail/containerServiceDeploymentVersion"],
  RESPONSE_HEADERS: ["aws/cloudfront/responseHeadersPolicy"],
  DISTRIBUTION: ["aws/cloudfront/distribution"],
  MULTITENANT_DISTRIBUTION: ["aws/cloudfront/multitenantDistribution"],
  ALL_DISTRIBUTIONS: ["aws/cloudfront/distribution", "aws/cloudfront/multitenantDistribution"],
  EDGE_FUNCTION: ["aws/cloudfront/function"],
  VPC_ORIGIN: ["aws/cloudfront/vpcOrigin"],
  ENDPOINT_SERVICE: ["aws/ec2/vpcEndpointService"],
  ENDPOINT_SERVICE_PRINCIPAL: ["aws/ec2/vpcEndpointServiceAllowedPrinciple"],
  SSM_ASSOCIATION: ["aws/ssm/association"],
  MAINTENANCE_TASK: ["aws/ssm/maintenanceWindowTask"],
  DOCUMENT: ["aws/ssm/document"],
  LIGHTSAIL_INSTANCE: ["aws/lightsail/instance"],
  IMAGE_COMPONENT: ["aws/imagebuilder/component"],
  IMAGE_RECIPE: ["aws/imagebuilder/imageRecipe"],
  BEANSTALK: ["aws/elasticbeanstalk/environment"],
  BEANSTALK_TEMPLATE: ["aws/elasticbeanstalk/configurationTemplate"],
  BUCKET_WEBSITE: ["aws/s3/bucketWebsiteConfiguration", "aws/s3/bucketWebsiteConfigurationV2"],
  REST_RESPONSE: ["aws/apigateway/integrationResponse", "aws/apigateway/response"],
  RECORD: ["aws/route53/record"],
  HEALTH_CHECK: ["aws/route53/healthCheck"],
} as const satisfies Record<
  Exclude<keyof typeof resources, "isOf" | "KUBERNETES_WORKLOAD">,
  readonly string[]
>;

const EVASION_MODULES = {
  TEMPLATE: [
    "aws/cloudformation/stack",
    "aws/cloudformation/stackSet",
    "aws/cloudformation/stackSetInstance",
    "aws/cloudformation/stackInstances",
    "aws/serverlessrepository/cloudFormationStack",
    "aws/servicecatalog/provisionedProduct",
  ],
  INVOCATION: ["aws/lambda/invocation"],
  STATE_MACHINE: ["aws/sfn/stateMachine"],
  REMEDIATION: ["aws/cfg/remediationConfiguration"],
  INTEGRATION: ["aws/apigateway/integration"],
  LIGHTSAIL_DISTRIBUTION: ["aws/lightsail/distribution"],
  LIGHTSAIL_PORTS: ["aws/lightsail/instancePublicPorts"],
  LIGHTSAIL_LOAD_BALANCER: ["aws/lightsail/lb"],
  LIGHTSAIL_REDIRECTION: ["aws/lightsail/lbHttpsRedirectionPolicy"],
  ENDPOINT_GROUP: ["aws/globalaccelerator/endpointGroup"],
  CUSTOM_ROUTING_GROUP: ["aws/globalaccelerator/customRoutingEndpointGroup"],
  LATTICE_LISTENER: ["aws/vpclattice/listener"],
} as const;

const RELATION_MODULES = {
  API_MAPPING: ["aws/apigatewayv2/apiMapping"],
  DISTRIBUTION_TENANT: ["aws/cloudfront/distributionTenant"],
  BUCKET_NOTIFICATION: ["aws/s3/bucketNotification"],
  LOG_SUBSCRIPTION: ["aws/cloudwatch/logSubscriptionFilter"],
  SECRET_ROTATION: ["aws/secretsmanager/secretRotation"],
  EKS_CLUSTER: ["aws/eks/cluster"],
  ROUTE: ["aws/ec2/route"],
  ROUTE_TABLE: ["aws/ec2/routeTable"],
  ROUTE_TABLE_ASSOCIATION: ["aws/ec2/routeTableAssociation"],
  GROUP_IN_ANOTHER_VPC: ["aws/vpc/securityGroupVpcAssociation"],
  DATABASE_SUBNET_GROUP: ["aws/rds/subnetGroup", "aws/docdb/subnetGroup", "aws/neptune/subnetGroup"],
  VOLUME_ATTACHMENT: ["aws/ec2/volumeAttachment"],
} as const satisfies Record<keyof typeof relations, readonly string[]>;

describe("the table of resource types", () => {
  for (const [table, modules] of Object.entries(MODULES)) {
    it(`lists every type token and alias of the SDK under ${table}`, () => {
      assert.deepEqual([...resources[table as keyof typeof MODULES]].sort(), tokensOf(...modules));
    });
  }

  for (const [table, modules] of Object.entries(EVASION_MODULES)) {
    it(`lists every type token and alias of the SDK under evasion's ${table}`, () => {
      assert.deepEqual([...evasion[table as keyof typeof EVASION_MODULES]].sort(), tokensOf(...modules));
    });
  }

  for (const [table, modules] of Object.entries(RELATION_MODULES)) {
    it(`lists every type token and alias of the SDK under relations' ${table}`, () => {
      assert.deepEqual([...relations[table as keyof typeof RELATION_MODULES]].sort(), tokensOf(...modules));
    });
  }

  it("lists the features of EKS clusters among evasion's", () => {
    for (const name of ["aws/eks/capability", "aws/eks/addon"])
      for (const token of tokensOf(name)) assert.ok(Object.hasOwn(evasion.CLUSTER_FEATURES, token), token);
  });

  it("lists Cloud Control's resource among evasion's", () => {
    const [own = ""] = tokensOf("aws/cloudcontrol/resource");
    assert.equal(evasion.BY_TYPE_NAME[own], "typeName");
  });
});
