import type { Value, Values } from "../../../packages/rehearse/values";
import { append, isObject, listOf, type Mappings, named, type Part, rename, without } from "./mapping";

/** CloudFormation's properties for the source or destination of a security group rule, by direction. */
const PEERS = {
  ingress: { v4: "CidrIp", v6: "CidrIpv6", prefixList: "SourcePrefixListId", group: "SourceSecurityGroupId" },
  egress: {
    v4: "CidrIp",
    v6: "CidrIpv6",
    prefixList: "DestinationPrefixListId",
    group: "DestinationSecurityGroupId",
  },
} as const;
type Direction = keyof typeof PEERS;

/** One rule for each source in an element of Pulumi's list. */
function rulesOf(given: Value, direction: Direction, groupId?: Value): Values[] {
  if (!isObject(given)) return [];
  const names = PEERS[direction];
  const { protocol = "-1", fromPort, toPort, description } = given;
  const base: Values = {
    IpProtocol: protocol,
    ...(fromPort === undefined ? {} : { FromPort: fromPort }),
    ...(toPort === undefined ? {} : { ToPort: toPort }),
    ...(description === undefined ? {} : { Description: description }),
  };
  const own = given["self"] === true && groupId !== undefined ? [groupId] : [];
  const source = given["sourceSecurityGroupId"];
  return [
    ...listOf(given["cidrBlocks"]).map((value) => ({ ...base, [names.v4]: value })),
    ...listOf(given["ipv6CidrBlocks"]).map((value) => ({ ...base, [names.v6]: value })),
    ...listOf(given["prefixListIds"]).map((value) => ({ ...base, [names.prefixList]: value })),
    ...[...listOf(given["securityGroups"]), ...(source === undefined ? [] : [source]), ...own].map(
      (value) => ({ ...base, [names.group]: value }),
    ),
  ];
}

function ruleType(direction: Direction): string {
  return direction === "ingress" ? "AWS::EC2::SecurityGroupIngress" : "AWS::EC2::SecurityGroupEgress";
}

function securityGroup(inputs: Values): Values {
  const { name, description = "Managed by Pulumi", ingress, egress, vpcId, tags } = inputs;
  return {
    GroupDescription: description,
    ...(name === undefined ? {} : { GroupName: name }),
    ...(vpcId === undefined ? {} : { VpcId: vpcId }),
    ...(ingress === undefined
      ? {}
      : { SecurityGroupIngress: listOf(ingress).flatMap((rule) => rulesOf(rule, "ingress")) }),
    ...(egress === undefined
      ? {}
      : { SecurityGroupEgress: listOf(egress).flatMap((rule) => rulesOf(rule, "egress")) }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/** CloudFormation can't adopt the default group to empty it, but can add rules to it. */
function defaultSecurityGroup({ vpcId, ingress, egress }: Values): Part[] {
  const vpc = isObject(vpcId) ? vpcId["Ref"] : undefined;
  const GroupId: Value =
    typeof vpc === "string" ? { "Fn::GetAtt": [vpc, "DefaultSecurityGroup"] } : "sg-default";
  return (["ingress", "egress"] as const).flatMap((direction) =>
    listOf(direction === "ingress" ? ingress : egress)
      .flatMap((rule) => rulesOf(rule, direction, GroupId))
      .map((rule) => ({ type: ruleType(direction), properties: { GroupId, ...rule } })),
  );
}

function securityGroupRule(inputs: Values): Part[] {
  const direction = inputs["type"] === "egress" ? "egress" : "ingress";
  const { securityGroupId: GroupId = null } = inputs;
  return rulesOf(inputs, direction, GroupId).map((rule) => ({
    type: ruleType(direction),
    properties: { GroupId, ...rule },
  }));
}

function vpcRule(direction: Direction): (inputs: Values) => Values {
  const names = PEERS[direction];
  return (inputs) =>
    rename(without(inputs, "tags"), {
      securityGroupId: "GroupId",
      cidrIpv4: names.v4,
      cidrIpv6: names.v6,
      prefixListId: names.prefixList,
      referencedSecurityGroupId: names.group,
    });
}

function flowLog(inputs: Values): Values {
  const { vpcId, subnetId, eniId } = inputs;
  const [ResourceType, ResourceId = null] =
    vpcId !== undefined
      ? ["VPC", vpcId]
      : subnetId !== undefined
        ? ["Subnet", subnetId]
        : ["NetworkInterface", eniId];
  return {
    ...rename(without(inputs, "vpcId", "subnetId", "eniId"), { iamRoleArn: "DeliverLogsPermissionArn" }),
    ResourceType,
    ResourceId,
  };
}

/**
 * A subnet's range within a generated range of its VPC. RFC 3849 reserves these addresses for documentation, so no
 * deployed program contains them.
 */
const MADE_UP = /^2001:db8:[0-9a-f]+:[0-9a-f]*?([0-9a-f]{1,2})::\/64$/;

/** A range that is part of the VPC's own IPv6 range is unknown until AWS assigns that range. */
function subnet({ availabilityZoneId: _, ipv6CidrBlock, ...inputs }: Values): Values {
  if (ipv6CidrBlock === undefined) return inputs;
  const vpc = isObject(inputs["vpcId"]) ? inputs["vpcId"]["Ref"] : undefined;
  const index = typeof ipv6CidrBlock === "string" ? MADE_UP.exec(ipv6CidrBlock)?.[1] : undefined;
  if (index === undefined || typeof vpc !== "string") return { ...inputs, ipv6CidrBlock };
  const range: Value = { "Fn::Select": [0, { "Fn::GetAtt": [vpc, "Ipv6CidrBlocks"] }] };
  return {
    ...inputs,
    Ipv6CidrBlock: { "Fn::Select": [parseInt(index, 16), { "Fn::Cidr": [range, 256, 64] }] },
  };
}

export const network: Mappings = {
  "aws:ec2/vpc:Vpc": {
    type: "AWS::EC2::VPC",
    outputs: {
      id: "Ref",
      defaultSecurityGroupId: "DefaultSecurityGroup",
      defaultNetworkAclId: "DefaultNetworkAcl",
    },
  },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": { type: "AWS::EC2::VPCCidrBlock" },
  "aws:ec2/subnet:Subnet": { type: "AWS::EC2::Subnet", shape: subnet },
  "aws:ec2/securityGroup:SecurityGroup": {
    type: "AWS::EC2::SecurityGroup",
    outputs: { id: "GroupId" },
    shape: securityGroup,
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { shape: defaultSecurityGroup },
  "aws:ec2/securityGroupRule:SecurityGroupRule": { shape: securityGroupRule },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    type: "AWS::EC2::SecurityGroupIngress",
    shape: vpcRule("ingress"),
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    type: "AWS::EC2::SecurityGroupEgress",
    shape: vpcRule("egress"),
  },
  "aws:ec2/managedPrefixList:ManagedPrefixList": {
    type: "AWS::EC2::PrefixList",
    outputs: { id: "PrefixListId", arn: "Arn" },
    shape: ({ name, ...inputs }, _, resource) => ({ PrefixListName: name ?? resource, ...inputs }),
  },
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": {
    shape: ({ prefixListId, cidr = null, description }, owner) => {
      const list = owner(prefixListId);
      if (list === undefined) return undefined;
      append(list, "Entries", {
        Cidr: cidr,
        ...(description === undefined ? {} : { Description: description }),
      });
      return [];
    },
  },
  "aws:ec2/flowLog:FlowLog": { type: "AWS::EC2::FlowLog", shape: flowLog },
  "aws:ec2/eip:Eip": {
    type: "AWS::EC2::EIP",
    outputs: { id: "AllocationId", allocationId: "AllocationId", publicIp: "PublicIp" },
    shape: (inputs) => rename(inputs, { instance: "InstanceId" }),
  },
  "aws:ec2/eipAssociation:EipAssociation": { type: "AWS::EC2::EIPAssociation" },
  "aws:ec2/networkInterface:NetworkInterface": {
    type: "AWS::EC2::NetworkInterface",
    shape: (inputs) => rename(inputs, { securityGroups: "GroupSet" }),
  },
  "aws:ec2/internetGateway:InternetGateway": {
    shape: ({ vpcId, ...rest }) => [
      { type: "AWS::EC2::InternetGateway", properties: rest, ...(vpcId === undefined ? {} : {}) },
    ],
  },
  "aws:ec2/natGateway:NatGateway": { type: "AWS::EC2::NatGateway" },
  "aws:ec2/routeTable:RouteTable": {
    type: "AWS::EC2::RouteTable",
    shape: (inputs) => without(inputs, "routes"),
  },
  "aws:ec2/route:Route": { type: "AWS::EC2::Route" },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { type: "AWS::EC2::SubnetRouteTableAssociation" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    type: "AWS::EC2::VPCEndpoint",
    shape: (inputs) => rename(inputs, { policy: "PolicyDocument" }),
  },
  ...named(["aws:ec2/vpcPeeringConnection:VpcPeeringConnection"], {
    type: "AWS::EC2::VPCPeeringConnection",
    shape: (inputs) => without(inputs, "autoAccept"),
  }),
};
