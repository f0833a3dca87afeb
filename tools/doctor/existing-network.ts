import { CliError } from "../cli/command";
import type { Settings } from "../../stacks/settings";
import { aws, type Context, groupIn, ownTags, regionOf } from "./check";
import { addressFaults, type Found, routeFaults, subnetFaults, vpcFaults } from "./network-faults";

/**
 * Checks whether an existing network has what the store needs; it changes nothing.
 *
 * @throws CliError with everything that is missing
 */
export async function existingNetwork(context: Context): Promise<string> {
  const { config } = context;
  if (groupIn(config, "network")["existing"] === undefined) return "the stack creates its own";
  // Loaded late: the settings take seconds.
  const { needsOf } = require("./network-needs") as typeof import("./network-needs");
  const { settings, existing, needs } = needsOf(config);
  const found = await find(context, existing);
  if (found === undefined) {
    throw new CliError(
      `${existing.vpcId} isn't in ${settings.region}, or this account can't use it\nremedy: correct network.existing.vpcId, or share the VPC's subnets with this account`,
    );
  }
  const faults = [
    ...vpcFaults(found, needs),
    ...subnetFaults(found, needs),
    ...routeFaults(found, needs),
    ...addressFaults(found, needs),
  ];
  if (faults.length > 0) throw new CliError(faults.join("\n"));
  const free = found.subnets.reduce((sum, subnet) => sum + subnet.AvailableIpAddressCount, 0);
  return `${existing.vpcId}: ${found.subnets.length} subnets in ${settings.network.availabilityZones.length} zones, ${free} free addresses`;
}

/** The network's resources; undefined if the VPC doesn't exist. */
async function find(
  { config, stack }: Context,
  { vpcId, privateSubnetIds, publicSubnetIds }: NonNullable<Settings["network"]["existing"]>,
): Promise<Found | undefined> {
  const describe = async <T>(what: string, ...filters: string[]): Promise<T> =>
    JSON.parse(await aws(["ec2", `describe-${what}`, "--region", regionOf(config), ...filters])) as T;
  const filtered = <T>(what: string, ...filters: (readonly [name: string, values: readonly string[]])[]) =>
    describe<T>(
      what,
      "--filters",
      ...filters.map(([name, values]) => `Name=${name},Values=${values.join(",")}`),
    );
  const attribute = (name: string): Promise<Readonly<Record<string, { readonly Value: boolean }>>> =>
    describe("vpc-attribute", "--vpc-id", vpcId, "--attribute", name);

  const { Vpcs } = await filtered<{ Vpcs: readonly Found["vpc"][] }>("vpcs", ["vpc-id", [vpcId]]);
  const [vpc] = Vpcs;
  if (vpc === undefined) return undefined;
  const subnetIds = [...privateSubnetIds, ...publicSubnetIds];
  const { Subnets } = await filtered<{ Subnets: Found["subnets"] }>("subnets", ["subnet-id", subnetIds]);
  const { RouteTables } = await filtered<{ RouteTables: Found["routeTables"] }>("route-tables", [
    "vpc-id",
    [vpcId],
  ]);
  const { VpcEndpoints } = await filtered<{ VpcEndpoints: Found["endpoints"] }>("vpc-endpoints", [
    "vpc-id",
    [vpcId],
  ]);
  const { InternetGateways } = await filtered<{ InternetGateways: readonly unknown[] }>("internet-gateways", [
    "attachment.vpc-id",
    [vpcId],
  ]);
  const { Reservations } = await filtered<{
    Reservations: readonly { readonly Instances: readonly unknown[] }[];
  }>(
    "instances",
    ["subnet-id", privateSubnetIds],
    ...Object.entries(ownTags(stack)).map(([key, value]) => [`tag:${key}`, [value]] as const),
    ["instance-state-name", ["pending", "running", "stopping", "stopped"]],
  );
  return {
    vpc,
    dnsSupport: (await attribute("enableDnsSupport"))["EnableDnsSupport"]?.Value === true,
    dnsHostnames: (await attribute("enableDnsHostnames"))["EnableDnsHostnames"]?.Value === true,
    subnets: Subnets,
    routeTables: RouteTables,
    endpoints: VpcEndpoints,
    hasInternetGateway: InternetGateways.length > 0,
    ownInstances: Reservations.flatMap(({ Instances }) => Instances).length,
  };
}
