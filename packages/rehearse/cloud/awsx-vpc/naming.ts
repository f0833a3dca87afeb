/** The region's letters at the start of a zone's name: `us-east-` of `us-east-1a`, `us-gov-west-` of `us-gov-west-1a`. */
const REGION_LETTERS = /^[a-z]{2}(?:-[a-z]+)+-/;

/** A subnet's two names. */
export interface SubnetNames {
  /** The Pulumi name of the subnet and of what hangs on it; ends in the zone's number, whatever the strategy. */
  readonly resourceName: string;
  /** The value of the `Name` tag. */
  readonly nameTag: string;
}

/**
 * What tells a zone from others of its region: `1a` of `us-east-1a`, `2-lax-1a` of `us-west-2-lax-1a`; a name of
 * another form is its own suffix.
 */
export function zoneSuffix(zone: string): string {
  return zone.replace(REGION_LETTERS, "");
}

/**
 * Names a subnet.
 *
 * @param vpcName - the component's name.
 * @param spec - what the subnet is declared as.
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

/** @throws Error if two zones have the same suffix, which would give two subnets the same `Name` tag. */
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
