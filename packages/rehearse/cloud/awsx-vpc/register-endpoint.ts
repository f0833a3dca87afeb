import { mergeTags, registerChild } from "../awsx/children";
import type { Child } from "../awsx/children";
import type { PlannedEndpoint } from "./endpoints";
import type { Output, Input } from "../awsx/output";
import type { Network } from "./register-subnets";
import type { Scope } from "./scope";

/** HTTPS: the port of interface endpoints. */
const HTTPS = 443;

/**
 * Registers a VPC endpoint. Under `Auto`, missing settings are filled in with the VPC's own subnets, route tables and
 * a security group.
 */
export async function registerEndpoint(
  scope: Scope,
  endpoint: PlannedEndpoint,
  network: Network,
): Promise<Child> {
  const { host, args, vpc, tags } = scope;
  const { given } = endpoint;
  const region = given["region"] ?? args.given["region"];
  const auto = args.vpcEndpointStrategy === "Auto";
  const isInterface = auto && endpoint.type === "interface";
  const isGateway = auto && endpoint.type === "gateway";
  const ownSubnets = isInterface && given["subnetConfigurations"] === undefined;

  const subnetIds = given["subnetIds"] ?? (ownSubnets ? oneSubnetPerZone(network, scope.zones) : undefined);
  const privateDnsEnabled = given["privateDnsEnabled"] ?? (isInterface ? true : undefined);
  const securityGroupIds =
    given["securityGroupIds"] ??
    (isInterface ? [await registerSecurityGroup(scope, endpoint, region)] : undefined);
  const routeTableIds =
    given["routeTableIds"] ?? (isGateway ? network.routeTables.map((table) => table.id) : undefined);

  return registerChild(
    host,
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    endpoint.serviceName,
    {
      autoAccept: given["autoAccept"],
      dnsOptions: given["dnsOptions"],
      ipAddressType: given["ipAddressType"],
      policy: given["policy"],
      privateDnsEnabled,
      region,
      resourceConfigurationArn: given["resourceConfigurationArn"],
      routeTableIds,
      securityGroupIds,
      serviceName: endpoint.serviceName,
      serviceNetworkArn: given["serviceNetworkArn"],
      serviceRegion: given["serviceRegion"],
      subnetConfigurations: given["subnetConfigurations"],
      subnetIds,
      tags: mergeTags(tags, given["tags"]),
      vpcEndpointType: given["vpcEndpointType"],
      vpcId: vpc.id,
    },
    vpc,
  );
}

/** Registers a security group that allows the VPC's own addresses to reach the endpoint. */
async function registerSecurityGroup(
  { host, vpc, tags }: Scope,
  { serviceName, given }: PlannedEndpoint,
  region: Input | undefined,
): Promise<Output> {
  const group = await registerChild(
    host,
    "aws:ec2/securityGroup:SecurityGroup",
    `${serviceName}-sg`,
    // The AWS SDK itself fills in the description.
    { description: "Managed by Pulumi", region, tags: mergeTags(tags, given["tags"]), vpcId: vpc.id },
    vpc,
  );
  const { ipAddressType } = given;
  const ipv6 =
    typeof ipAddressType === "string" && ["ipv6", "dualstack"].includes(ipAddressType.toLowerCase());
  await registerChild(
    host,
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    `${serviceName}-ingress`,
    {
      cidrBlocks: [vpc.output("cidrBlock")],
      fromPort: HTTPS,
      ipv6CidrBlocks: ipv6 ? [vpc.output("ipv6CidrBlock")] : undefined,
      protocol: "tcp",
      region,
      securityGroupId: group.id,
      toPort: HTTPS,
      type: "ingress",
    },
    vpc,
    [group],
  );
  return group.id;
}

/**
 * An interface endpoint takes one subnet in each zone: preferably a private one, then an isolated one, then a public
 * one.
 */
function oneSubnetPerZone({ subnets }: Network, zones: readonly string[]): readonly Output[] {
  return zones.flatMap((zone) => {
    const inZone = subnets.filter((subnet) => subnet.zone === zone);
    const chosen = ["private", "isolated", "public"].flatMap((kind) =>
      inZone.filter((subnet) => subnet.kind === kind),
    );
    return chosen.slice(0, 1).map((subnet) => subnet.child.id);
  });
}
