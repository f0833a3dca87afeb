import type { SubnetSpecArgs, VpcArgs } from "./args";
import { checkDisjoint, checkNoGaps } from "./blocks";
import { autoSpecs, distributeAuto } from "./distribute-auto";
import type { AutoRequest } from "./distribute-auto";
import { distributeLegacy } from "./distribute-legacy";
import { declaredLayout, derivedLayout, type PlannedSubnet } from "./layout";
import { subnetNames } from "./naming";
import { checkNatSubnets } from "./nat";
import { Output, settle } from "../awsx/output";
import { checkAutoMerge, checkSubnetSpecs } from "./subnet-specs";
import type { SubnetSpecs } from "./subnet-specs";

/** The planned subnets of a VPC. */
export interface SubnetPlan {
  readonly subnets: readonly PlannedSubnet[];
  /** The component's output `subnetLayout`. */
  readonly layout: Output;
  /** The warnings of awsx. */
  readonly warnings: readonly string[];
}

/** A subnet of one zone. */
interface Place {
  readonly spec: SubnetSpecArgs;
  readonly zoneIndex: number;
}

/**
 * Plans the subnets of a VPC.
 *
 * @param vpcName - the component's name.
 * @param args - the component's arguments.
 * @param zones - the names of the availability zones.
 * @param cidrBlock - the VPC's block. If it is an output, so are the subnets' blocks, and their faults are found once
 *   it is known.
 * @throws Error if the subnets contradict themselves, overlap, leave gaps under `Exact`, or don't fit the NAT
 * strategy.
 */
export function planSubnets(
  vpcName: string,
  args: VpcArgs,
  zones: readonly string[],
  cidrBlock: string | Output<string>,
): SubnetPlan {
  const { subnetStrategy } = args;
  if (subnetStrategy === "AutoMerge" && args.subnetSpecs) checkAutoMerge(args.subnetSpecs);
  const declared = args.subnetSpecs && checkSubnetSpecs(args.subnetSpecs, zones.length);
  const { places, blocks } = distribute(args, declared, zones.length, cidrBlock);

  const withBlocks = <Block>(blockOf: (index: number) => Block): PlannedSubnet<Block>[] =>
    places.map(({ spec, zoneIndex }, index) => {
      const zone = zones[zoneIndex] ?? "";
      const { type, assignIpv6AddressOnCreation, tags } = spec;
      const names = subnetNames(vpcName, spec, zoneIndex, zone, args.subnetNameTagStrategy);
      return { type, zone, ...names, cidrBlock: blockOf(index), assignIpv6AddressOnCreation, tags };
    });
  const placed = (known: readonly string[]): PlannedSubnet<string>[] =>
    withBlocks((index) => known[index] ?? "");
  const check = (subnets: readonly PlannedSubnet<string>[]): void => {
    checkDisjoint(subnets);
    if (subnetStrategy === "Exact" && typeof cidrBlock === "string") checkNoGaps(cidrBlock, subnets);
    checkNatSubnets(
      args.natGatewayStrategy,
      subnets.map((subnet) => subnet.type),
    );
  };

  // awsx awaits all of the specs together, so an unknown tag leaves blocks unchecked and the layout unknown.
  const rest = settle(
    (declared?.specs ?? []).map((spec) => [spec.tags ?? null, spec.assignIpv6AddressOnCreation ?? null]),
  );
  const settled = Output.both(blocks instanceof Output ? blocks : Output.of(blocks), rest).map(
    ([known]) => known,
  );
  const isDerived = subnetStrategy === "Legacy" || subnetStrategy === "AutoMerge" || !declared;
  const layout = isDerived
    ? settled.map((known) => derivedLayout(placed(known), zones.length))
    : rest.map(() => declaredLayout(declared.specs));
  const warnings = strategyWarnings(args, declared, layout);

  if (!(blocks instanceof Output)) {
    const subnets = placed(blocks);
    check(subnets);
    return { subnets, layout, warnings };
  }
  const checked = settled.map((known) => {
    check(placed(known));
    return known;
  });
  return { subnets: withBlocks((index) => checked.map((known) => known[index] ?? "")), layout, warnings };
}

/** Decides the subnets, their order, and their blocks. */
function distribute(
  args: VpcArgs,
  declared: SubnetSpecs | undefined,
  zones: number,
  cidrBlock: string | Output<string>,
): { readonly places: readonly Place[]; readonly blocks: readonly string[] | Output<readonly string[]> } {
  const { subnetStrategy } = args;
  const merge = subnetStrategy === "AutoMerge";
  const legacy = declared ? subnetStrategy === "Legacy" : subnetStrategy !== "Auto" && !merge;
  if (legacy) {
    if (cidrBlock instanceof Output) {
      throw new Error(
        `subnetStrategy "${subnetStrategy}" needs the VPC's cidrBlock before the VPC exists, but it is an output or ` +
          `allocated by IPAM: use subnetStrategy "Auto".`,
      );
    }
    const allotted = distributeLegacy(cidrBlock, zones, declared?.specs);
    return { places: allotted, blocks: allotted.map((subnet) => subnet.cidrBlock) };
  }
  if (declared?.explicit) {
    const places = inEveryZone(declared.specs, zones);
    return { places, blocks: places.map(({ spec, zoneIndex }) => spec.cidrBlocks?.[zoneIndex] ?? "") };
  }
  const request: AutoRequest = {
    zones,
    specs: declared?.specs,
    merge,
    zonePrefix: args.availabilityZoneCidrMask,
  };
  const blocksOf = (known: string): readonly string[] =>
    distributeAuto(known, request).map((subnet) => subnet.cidrBlock);
  return {
    places: inEveryZone(autoSpecs(request), zones),
    blocks: cidrBlock instanceof Output ? cidrBlock.map(blocksOf) : blocksOf(cidrBlock),
  };
}

function inEveryZone(specs: readonly SubnetSpecArgs[], zones: number): readonly Place[] {
  return Array.from({ length: zones }, (_, zoneIndex) => specs.map((spec) => ({ spec, zoneIndex }))).flat();
}

/** Warns a program that declares subnets without a strategy, and says how to keep the layout. */
function strategyWarnings(
  args: VpcArgs,
  declared: SubnetSpecs | undefined,
  layout: Output,
): readonly string[] {
  if (args.subnetStrategyGiven || !declared || declared.explicit) return [];
  const warnings: string[] = [];
  layout.map((known) =>
    warnings.push(
      `subnetSpecs are given without subnetStrategy. Its default will change from "Legacy" to "Auto" in awsx's next ` +
        `major version: give it. "Auto" keeps this layout with the subnetSpecs ${JSON.stringify(known)}`,
    ),
  );
  return warnings;
}
