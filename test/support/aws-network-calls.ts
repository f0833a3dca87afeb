/**
 * The AWS provider's calls for a resource: those that read it (`reads`), and those that create, change, tag and delete
 * it (`writes`). Each string has a service and its IAM actions. The table is written by hand, and compared with the one
 * of JamesWoolfenden/pike for Terraform's provider, which Pulumi's provider is built on.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export type Calls = readonly [reads: readonly string[], writes: readonly string[]];

const TAGS_OF_EC2 = "ec2: CreateTags DeleteTags";
const SECURITY_GROUP_RULES =
  "ec2: AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress";

/** The calls for network resources and launch templates. */
export const NETWORK_CALLS: Readonly<Record<string, Calls>> = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    ["ec2: DescribeSecurityGroups"],
    [SECURITY_GROUP_RULES, TAGS_OF_EC2],
  ],
  "aws:ec2/eip:Eip": [
    ["ec2: DescribeAddresses DescribeAddressesAttribute"],
    ["ec2: AllocateAddress ReleaseAddress DisassociateAddress", TAGS_OF_EC2],
  ],
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": [
    ["ec2: DescribeEgressOnlyInternetGateways"],
    ["ec2: CreateEgressOnlyInternetGateway DeleteEgressOnlyInternetGateway", TAGS_OF_EC2],
  ],
  "aws:ec2/flowLog:FlowLog": [
    ["ec2: DescribeFlowLogs"],
    ["ec2: CreateFlowLogs DeleteFlowLogs", TAGS_OF_EC2, "logs: CreateLogDelivery DeleteLogDelivery"],
  ],
  "aws:ec2/internetGateway:InternetGateway": [
    ["ec2: DescribeInternetGateways"],
    [
      "ec2: CreateInternetGateway AttachInternetGateway DetachInternetGateway DeleteInternetGateway",
      TAGS_OF_EC2,
    ],
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    ["ec2: DescribeLaunchTemplates DescribeLaunchTemplateVersions"],
    [
      "ec2: CreateLaunchTemplate CreateLaunchTemplateVersion ModifyLaunchTemplate DeleteLaunchTemplate",
      TAGS_OF_EC2,
    ],
  ],
  "aws:ec2/natGateway:NatGateway": [
    ["ec2: DescribeNatGateways"],
    ["ec2: CreateNatGateway DeleteNatGateway", TAGS_OF_EC2],
  ],
  "aws:ec2/route:Route": [["ec2: DescribeRouteTables"], ["ec2: CreateRoute ReplaceRoute DeleteRoute"]],
  "aws:ec2/routeTable:RouteTable": [
    ["ec2: DescribeRouteTables"],
    ["ec2: CreateRouteTable DeleteRouteTable", TAGS_OF_EC2],
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    ["ec2: DescribeRouteTables"],
    ["ec2: AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable"],
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    ["ec2: DescribeSecurityGroups DescribeNetworkInterfaces"],
    ["ec2: CreateSecurityGroup DeleteSecurityGroup", SECURITY_GROUP_RULES, TAGS_OF_EC2],
  ],
  "aws:ec2/subnet:Subnet": [
    ["ec2: DescribeSubnets DescribeNetworkInterfaces"],
    [
      "ec2: CreateSubnet ModifySubnetAttribute AssociateSubnetCidrBlock DisassociateSubnetCidrBlock DeleteSubnet",
      TAGS_OF_EC2,
    ],
  ],
  "aws:ec2/vpc:Vpc": [
    ["ec2: DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups"],
    [
      "ec2: CreateVpc ModifyVpcAttribute AssociateVpcCidrBlock DisassociateVpcCidrBlock DeleteVpc",
      TAGS_OF_EC2,
    ],
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    ["ec2: DescribeVpcEndpoints DescribePrefixLists DescribeVpcEndpointServices"],
    ["ec2: CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints", TAGS_OF_EC2],
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    ["ec2: DescribeSecurityGroupRules"],
    ["ec2: AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress", TAGS_OF_EC2],
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    ["ec2: DescribeSecurityGroupRules"],
    ["ec2: AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress", TAGS_OF_EC2],
  ],
};
