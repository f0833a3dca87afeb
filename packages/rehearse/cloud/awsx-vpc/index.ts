import type { Construct } from "../types";
import { readVpcArgs } from "./args";
import type { VpcArgs } from "./args";
import { mergeTags, registerChild } from "../awsx/children";
import type { Child } from "../awsx/children";
import { endpointWarnings, planDns, planEndpoints } from "./endpoints";
import type { DnsSettings } from "./endpoints";
import { checkZoneSuffixes } from "./naming";
import { checkElasticIps } from "./nat";
import { componentOutputs } from "./outputs";
import { registerEndpoint } from "./register-endpoint";
import { registerSubnets } from "./register-subnets";
import type { Scope } from "./scope";
import { planSubnets } from "./subnets";
import type { SubnetPlan } from "./subnets";
import { availabilityZones } from "./zones";

/** The VPC's block if neither a block nor an IPAM pool is given. */
const DEFAULT_CIDR_BLOCK = "10.0.0.0/16";

/**
 * Expands `awsx.ec2.Vpc` into the children that awsx 3.9's provider registers: the VPC with its internet gateway; for
 * every subnet a route table, its association and the route out; NAT gateways; and VPC endpoints.
 *
 * Children are registered one after the other, in awsx's order.
 *
 * @throws Error if awsx refuses the arguments: which ones, their values, and what is allowed.
 */
export const expandVpc: Construct = async (host, { urn, name, inputs }) => {
  const args = readVpcArgs(inputs);
  checkIpam(args);
  const endpoints = planEndpoints(args);
  const dns = planDns(args, endpoints);
  const zones = await availabilityZones(host, args);
  checkElasticIps(args.natGatewayStrategy, args.elasticIpAllocationIds.length, zones.length);
  if (args.subnetNameTagStrategy === "AvailabilityZone") checkZoneSuffixes(zones);

  const { vpc, plan } = await planAndRegisterVpc({ host, name, args, zones }, urn, dns);
  plan.warnings.forEach((warning) => host.warn(warning));
  const scope: Scope = { host, name, args, zones, vpc, tags: sharedTags(name, args) };

  const internetGateway = await registerChild(
    host,
    "aws:ec2/internetGateway:InternetGateway",
    name,
    { region: args.given["region"], tags: scope.tags, vpcId: vpc.id },
    vpc,
  );
  const network = await registerSubnets(scope, plan.subnets, internetGateway);
  const vpcEndpoints: Child[] = [];
  for (const endpoint of endpoints) {
    if (args.vpcEndpointStrategy === "Legacy")
      endpointWarnings(endpoint).forEach((warning) => host.warn(warning));
    vpcEndpoints.push(await registerEndpoint(scope, endpoint, network));
  }
  return componentOutputs({ ...network, vpc, internetGateway, vpcEndpoints, layout: plan.layout });
};

/**
 * Plans the subnets before the VPC is registered, so that an invalid plan creates nothing. If IPAM allocates the
 * VPC's block, the plan follows after the registration.
 */
async function planAndRegisterVpc(
  { host, name, args, zones }: Pick<Scope, "host" | "name" | "args" | "zones">,
  component: string,
  dns: DnsSettings,
): Promise<{ readonly vpc: Child; readonly plan: SubnetPlan }> {
  const { given } = args;
  const cidrBlock =
    args.cidrBlock ?? (given["ipv4IpamPoolId"] === undefined ? DEFAULT_CIDR_BLOCK : undefined);
  const early = cidrBlock === undefined ? undefined : planSubnets(name, args, zones, cidrBlock);
  const vpc = await registerChild(
    host,
    "aws:ec2/vpc:Vpc",
    name,
    {
      assignGeneratedIpv6CidrBlock: given["assignGeneratedIpv6CidrBlock"],
      cidrBlock,
      ...dns,
      enableNetworkAddressUsageMetrics: given["enableNetworkAddressUsageMetrics"],
      instanceTenancy: given["instanceTenancy"],
      ipv4IpamPoolId: given["ipv4IpamPoolId"],
      ipv4NetmaskLength: given["ipv4NetmaskLength"],
      ipv6CidrBlock: given["ipv6CidrBlock"],
      ipv6CidrBlockNetworkBorderGroup: given["ipv6CidrBlockNetworkBorderGroup"],
      ipv6IpamPoolId: given["ipv6IpamPoolId"],
      ipv6NetmaskLength: given["ipv6NetmaskLength"],
      region: given["region"],
      tags: sharedTags(name, args),
    },
    component,
  );
  return { vpc, plan: early ?? planSubnets(name, args, zones, vpc.output("cidrBlock").map(String)) };
}

function sharedTags(name: string, { given }: VpcArgs): Scope["tags"] {
  return mergeTags({ Name: name }, given["tags"]);
}

/** @throws Error if an IPAM pool is given without exactly one way to take a block from it. */
function checkIpam({ given, cidrBlock }: VpcArgs): void {
  if (given["ipv4IpamPoolId"] === undefined) return;
  const ways = [cidrBlock, given["ipv4NetmaskLength"]].filter((way) => way !== undefined).length;
  if (ways === 1) return;
  throw new Error(
    `With ipv4IpamPoolId the VPC's block is either cidrBlock or one of the length ipv4NetmaskLength, but ` +
      `${ways === 0 ? "neither is" : "both are"} given: give one of them.`,
  );
}
