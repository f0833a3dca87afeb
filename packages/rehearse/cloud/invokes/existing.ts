/**
 * Lookups of existing resources: the answer has the outputs of the resource itself, so a lookup and a resource have
 * the same format of name, id and ARN. Functions that return content, such as a parameter's value, aren't here,
 * because content can't be made up.
 */
import type { Value, Values } from "../../values";
import { isMap } from "../../values";
import { fill } from "../fill";
import { createResource, IDENTIFIES, readResource } from "../resources/index";
import type { Draft } from "../resources/draft";
import { functionShape, type Property } from "../sdk";
import type { Answer, Answers } from "./answer";

/**
 * Functions and what they look up, as in `lb/getTargetGroup lb/targetGroup:TargetGroup arn=id name`: the function,
 * the resource's type, and the arguments that identify it, each with the resource's property (or `id`) if its name
 * differs.
 */
const ONE = `
  alb/getListener lb/listener:Listener arn=id loadBalancerArn
  alb/getLoadBalancer lb/loadBalancer:LoadBalancer arn=id name
  alb/getTargetGroup lb/targetGroup:TargetGroup arn=id name
  apigateway/getDomainName apigateway/domainName:DomainName domainName
  apigateway/getRestApi apigateway/restApi:RestApi name
  apigatewayv2/getApi apigatewayv2/api:Api apiId=id
  autoscaling/getGroup autoscaling/group:Group name
  backup/getVault backup/vault:Vault name
  cloudfront/getDistribution cloudfront/distribution:Distribution id
  cloudfront/getFunction cloudfront/function:Function name
  cloudfront/getOriginAccessControl cloudfront/originAccessControl:OriginAccessControl id
  cloudfront/getOriginAccessIdentity cloudfront/originAccessIdentity:OriginAccessIdentity id
  cloudwatch/getEventBus cloudwatch/eventBus:EventBus name
  cloudwatch/getLogGroup cloudwatch/logGroup:LogGroup name
  cognito/getUserPool cognito/userPool:UserPool userPoolId=id
  cognito/getUserPoolClient cognito/userPoolClient:UserPoolClient clientId=id userPoolId
  dynamodb/getTable dynamodb/table:Table name
  ebs/getSnapshot ebs/snapshot:Snapshot
  ebs/getVolume ebs/volume:Volume
  ec2/getCustomerGateway ec2/customerGateway:CustomerGateway id
  ec2/getElasticIp ec2/eip:Eip id
  ec2/getInstance ec2/instance:Instance instanceId=id
  ec2/getInternetGateway ec2/internetGateway:InternetGateway internetGatewayId=id
  ec2/getKeyPair ec2/keyPair:KeyPair keyName
  ec2/getLaunchConfiguration ec2/launchConfiguration:LaunchConfiguration name
  ec2/getLaunchTemplate ec2/launchTemplate:LaunchTemplate id name
  ec2/getNatGateway ec2/natGateway:NatGateway id subnetId
  ec2/getNetworkInterface ec2/networkInterface:NetworkInterface id
  ec2/getRouteTable ec2/routeTable:RouteTable routeTableId=id vpcId
  ec2/getVpcDhcpOptions ec2/vpcDhcpOptions:VpcDhcpOptions dhcpOptionsId=id
  ec2/getVpcEndpoint ec2/vpcEndpoint:VpcEndpoint id vpcId serviceName
  ec2/getVpcPeeringConnection ec2/vpcPeeringConnection:VpcPeeringConnection id vpcId
  ec2/getVpnGateway ec2/vpnGateway:VpnGateway id
  ec2transitgateway/getTransitGateway ec2transitgateway/transitGateway:TransitGateway id
  ecr/getRepository ecr/repository:Repository name
  ecs/getService ecs/service:Service serviceName=name clusterArn=cluster
  efs/getAccessPoint efs/accessPoint:AccessPoint accessPointId=id
  efs/getFileSystem efs/fileSystem:FileSystem fileSystemId=id creationToken
  eks/getCluster eks/cluster:Cluster name
  eks/getNodeGroup eks/nodeGroup:NodeGroup nodeGroupName clusterName
  elasticache/getCluster elasticache/cluster:Cluster clusterId
  elasticache/getReplicationGroup elasticache/replicationGroup:ReplicationGroup replicationGroupId
  elb/getLoadBalancer elb/loadBalancer:LoadBalancer name
  iam/getGroup iam/group:Group groupName=name
  iam/getInstanceProfile iam/instanceProfile:InstanceProfile name
  iam/getOpenIdConnectProvider iam/openIdConnectProvider:OpenIdConnectProvider arn=id url
  iam/getUser iam/user:User userName=name
  kinesis/getStream kinesis/stream:Stream name
  lambda/getFunction lambda/function:Function functionName=name
  lb/getListener lb/listener:Listener arn=id loadBalancerArn
  lb/getListenerRule lb/listenerRule:ListenerRule arn=id listenerArn
  lb/getLoadBalancer lb/loadBalancer:LoadBalancer arn=id name
  lb/getTargetGroup lb/targetGroup:TargetGroup arn=id name
  msk/getCluster msk/cluster:Cluster clusterName
  opensearch/getDomain opensearch/domain:Domain domainName
  rds/getCluster rds/cluster:Cluster clusterIdentifier
  rds/getInstance rds/instance:Instance dbInstanceIdentifier=identifier
  rds/getSubnetGroup rds/subnetGroup:SubnetGroup name
  redshift/getCluster redshift/cluster:Cluster clusterIdentifier
  sfn/getStateMachine sfn/stateMachine:StateMachine name
  sns/getTopic sns/topic:Topic name
  sqs/getQueue sqs/queue:Queue name
  vpc/getSecurityGroupRule vpc/securityGroupIngressRule:SecurityGroupIngressRule securityGroupRuleId=id
  wafv2/getIpSet wafv2/ipSet:IpSet name scope
  wafv2/getWebAcl wafv2/webAcl:WebAcl name scope
`;

/**
 * Functions that list matching resources: one made-up resource each, with the result's fields and the resource's
 * properties.
 */
const LISTS = `
  ebs/getEbsVolumes ebs/volume:Volume ids=id
  ec2/getEips ec2/eip:Eip allocationIds=id publicIps=publicIp
  ec2/getInstances ec2/instance:Instance ids=id privateIps=privateIp publicIps=publicIp
  ec2/getNatGateways ec2/natGateway:NatGateway ids=id
  ec2/getNetworkAcls ec2/networkAcl:NetworkAcl ids=id
  ec2/getNetworkInterfaces ec2/networkInterface:NetworkInterface ids=id
  ec2/getRouteTables ec2/routeTable:RouteTable ids=id
  lb/getLbs lb/loadBalancer:LoadBalancer arns=arn
  route53/getZones route53/zone:Zone ids=zoneId
`;

/** The VPC of existing resources. A program may take the first of a list, so there is one. */
const vpcId = "vpc-0123456789abcdef0";
const SUBNETS = ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"];
const GROUPS = ["sg-0123456789abcdef0"];

/** AWS's values for a resource that was created without further settings: the provider's defaults, and a place. */
const DEFAULTS: Readonly<Record<string, Values>> = {
  "ec2/instance:Instance": { vpcSecurityGroupIds: GROUPS },
  "ec2/networkInterface:NetworkInterface": { securityGroups: GROUPS, vpcId },
  "eks/cluster:Cluster": { vpcConfig: { subnetIds: SUBNETS, vpcId } },
  "eks/nodeGroup:NodeGroup": { subnetIds: SUBNETS },
  "elb/loadBalancer:LoadBalancer": { subnets: SUBNETS, securityGroups: GROUPS },
  "lb/loadBalancer:LoadBalancer": { subnets: SUBNETS, securityGroups: GROUPS },
  "lb/targetGroup:TargetGroup": { targetType: "instance", port: 80, protocol: "HTTP" },
  "lb/listener:Listener": { port: 80, protocol: "HTTP" },
  "rds/cluster:Cluster": { vpcSecurityGroupIds: GROUPS },
  "rds/instance:Instance": { engine: "mysql", vpcSecurityGroups: GROUPS },
  "rds/subnetGroup:SubnetGroup": { subnetIds: SUBNETS, vpcId },
  "redshift/cluster:Cluster": { vpcSecurityGroupIds: GROUPS, vpcId },
};

/** The rows of a table: the function's token, the resource's type, and pairs `left=right`. */
function rows(table: string): readonly (readonly [token: string, type: string, pairs: [string, string][]])[] {
  return table
    .trim()
    .split("\n")
    .map((row) => {
      const [name = "", type = "", ...words] = row.trim().split(" ");
      const pairs = words.map((word): [string, string] => {
        const [left = "", right = left] = word.split("=");
        return [left, right];
      });
      return [`aws:${name}:${name.slice(name.indexOf("/") + 1)}`, type, pairs] as const;
    });
}

/** The outputs of the resource that the arguments of a function identify. */
function outputsOf(call: Draft, type: string, pairs: readonly (readonly [string, string])[]): Values {
  const context = { ...call.context, mode: "up" as const, region: call.region };
  const inputs: Values = { ...DEFAULTS[type] };
  const identity: Values = {};
  let id: string | undefined;
  for (const [argument, property] of pairs) {
    const given = call.text(argument);
    if (given === undefined) continue;
    if (property === "id") id = given;
    else identity[property] = given;
  }
  Object.assign(inputs, identity);
  if (isMap(call.inputs["tags"])) inputs["tags"] = call.inputs["tags"];
  const token = `aws:${type}`;
  const made = context.made?.(token, { ...identity, ...(id === undefined ? {} : { id }) });
  if (made !== undefined) return made;
  if (id !== undefined) return readResource(token, "existing", id, inputs, context).outputs;
  const seed = `${token} ${call.accountId} ${JSON.stringify(call.inputs)}`;
  return createResource(token, "existing", seed, inputs, context).outputs;
}

/** True if a value has the kind that the result declares: lookups return lists for some single properties. */
function fits(value: Value | undefined, { type: { kind } }: Property): value is Value {
  if (kind === "list") return Array.isArray(value);
  return kind === "map" || kind === "object" ? isMap(value) : typeof value === kind;
}

function one(type: string, pairs: readonly (readonly [string, string])[]): Answer {
  return (call) => {
    const outputs = outputsOf(call, type, pairs);
    const shape = functionShape(call.type, call.context.programDir);
    const context = { ...call.context, region: call.region };
    return Object.fromEntries(
      (shape?.results ?? []).map((property) => {
        const { name } = property;
        const told = name in call.inputs ? call.inputs[name] : outputs[name];
        const blank = (): Value =>
          fill(property, shape?.root ?? "", call.seed, context, !IDENTIFIES.test(name));
        return [name, fits(told, property) ? told : blank()];
      }),
    );
  };
}

function list(type: string, pairs: readonly (readonly [string, string])[]): Answer {
  return (call) => {
    const outputs = outputsOf(call, type, []);
    return Object.fromEntries(pairs.map(([field, property]) => [field, [outputs[property] ?? ""]]));
  };
}

/** Functions that look up existing resources. */
export const existing: Answers = Object.fromEntries([
  ...rows(ONE).map(([token, type, pairs]) => [token, one(type, pairs)] as const),
  ...rows(LISTS).map(([token, type, pairs]) => [token, list(type, pairs)] as const),
]);
