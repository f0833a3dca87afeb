/** The region's prefix in a zone's name: `us-east-` in `us-east-1a`, `us-gov-west-` in `us-gov-west-1a`. */
const REGION_LETTERS = /^[a-z]{2}(?:-[a-z]+)+-/;

/** A subnet's two names. */
export interface SubnetNames {
  /** The Pulumi name of the subnet and its children; it ends in the zone's number, whatever the strategy. */
  readonly resourceName: string;
  /** The value of the `Name` tag. */
  readonly nameTag: string;
}

/**
 * The suffix that distinguishes a zone from the others of its region: `1a` in `us-east-1a`, `2-lax-1a` in
 * `us-west-2-lax-1a`; a name of any other form is its own suffix.
 */
export function zoneSuffix(zone: string): string {
  return zone.replace(REGION_LETTERS, "");
}

/**
 * Names a subnet.
 *
 * @param vpcName - the component's name.
 * @param spec - the subnet's declaration.
 * @param zoneIndex - from 0.
 * @param zone - the zone's name.
 * @param strategy - `AvailabilityZone` ends the tag in the zone's suffix; anything else in its number, from 1.
 */
export function subnetNames(
  vpcName: string,
  spec: { readonly name?: string | undefined; readonly type: string },
  zoneIndex: number,
  zone: string,
  strategy: string,
): SubnetNames {
  const stem = `${vpcName}-${spec.name ?? spec.type.toLowerCase()}`;
  const resourceName = `${stem}-${zoneIndex + 1}`;
  return {
    resourceName,
    nameTag: strategy === "AvailabilityZone" ? `${stem}-${zoneSuffix(zone)}` : resourceName,
  };
}

/** @throws Error if two zones have the same suffix, so that two subnets would get the same `Name` tag. */
export function checkZoneSuffixes(zones: readonly string[]): void {
  const bySuffix = new Map<string, string>();
  for (const zone of zones) {
    const suffix = zoneSuffix(zone);
    const other = bySuffix.get(suffix);
    if (other !== undefined) {
      throw new Error(
        `With subnetNameTagStrategy "AvailabilityZone" every zone's suffix must differ, but "${other}" and ` +
          `"${zone}" both end in "${suffix}". Name different zones, or use subnetNameTagStrategy "Legacy".`,
      );
    }
    bySuffix.set(suffix, zone);
  }
}
