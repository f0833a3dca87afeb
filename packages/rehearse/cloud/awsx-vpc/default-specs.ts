import type { SubnetSpecArgs } from "./args";

/** A subnet spec with only a type. */
export function bareSpec(type: string): SubnetSpecArgs {
  return {
    type,
    name: undefined,
    cidrMask: undefined,
    size: undefined,
    cidrBlocks: undefined,
    assignIpv6AddressOnCreation: undefined,
    tags: undefined,
  };
}

/** The default subnets of every zone under `Auto` and `AutoMerge`, in the order of placement. */
const DEFAULT_SPECS = [bareSpec("Private"), bareSpec("Public")];

/** Under `Auto` and `AutoMerge`, default subnets take half and a quarter of the zone, but at most those of a /16. */
const LARGEST_ZONE = 16;

/** A zone of this size has default subnets of /27 and /28, the smallest that AWS allows. */
const SMALLEST_ZONE = 26;

/**
 * The default specs with the sizes they get in a zone.
 *
 * @param zonePrefix - the zone's prefix length; undefined, like the sizes, if it isn't known yet.
 * @throws Error if the zone is smaller than a /26.
 */
export function defaultSpecs(zonePrefix: number | undefined): readonly SubnetSpecArgs[] {
  if (zonePrefix === undefined) return DEFAULT_SPECS;
  if (zonePrefix > SMALLEST_ZONE) {
    throw new Error(
      `Default subnets need at least a /${SMALLEST_ZONE} in every availability zone, but there is only a ` +
        `/${zonePrefix}. Give the VPC a larger cidrBlock, use fewer zones, or declare the subnets in subnetSpecs.`,
    );
  }
  const largest = Math.max(zonePrefix, LARGEST_ZONE);
  return DEFAULT_SPECS.map((spec, index) => ({ ...spec, cidrMask: largest + 1 + index }));
}

/**
 * The specs of `AutoMerge`: a spec of a default type without a name replaces the default one, even if it has no size;
 * all other specs are added.
 */
export function mergedSpecs(
  defaults: readonly SubnetSpecArgs[],
  specs: readonly SubnetSpecArgs[] = [],
): readonly SubnetSpecArgs[] {
  const isFor = (one: SubnetSpecArgs, other: SubnetSpecArgs): boolean =>
    other.name === undefined && one.type.toLowerCase() === other.type.toLowerCase();
  return [
    ...defaults.map((spec) => specs.find((other) => isFor(spec, other)) ?? spec),
    ...specs.filter((other) => !defaults.some((spec) => isFor(spec, other))),
  ];
}
