import type { ConstructHost } from "../types";
import type { VpcArgs } from "./args";

/** The default number of zones in awsx. */
const DEFAULT_ZONES = 3;

/**
 * The availability zones of the subnets: the named ones, or the first ones of the region.
 *
 * @throws Error if both are given, the region is an output, or the region has too few zones.
 */
export async function availabilityZones(host: ConstructHost, args: VpcArgs): Promise<readonly string[]> {
  const { availabilityZoneNames, numberOfAvailabilityZones } = args;
  if (availabilityZoneNames && numberOfAvailabilityZones) {
    throw new Error(
      `availabilityZoneNames (${availabilityZoneNames.join(", ")}) and numberOfAvailabilityZones ` +
        `(${numberOfAvailabilityZones}) are both given: give one of them.`,
    );
  }
  if (availabilityZoneNames) return availabilityZoneNames;

  const region = args.given["region"];
  if (region !== undefined && typeof region !== "string") {
    throw new Error(
      "region must be a plain string for awsx to look up its availability zones: give one, or give " +
        "availabilityZoneNames.",
    );
  }
  const wanted = numberOfAvailabilityZones ?? DEFAULT_ZONES;
  const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
  const answer = await host.invoke(token, region ? { region } : {});
  if (!Array.isArray(answer["names"])) {
    throw new Error(
      "The availability zones could not be looked up. If the region is an opt-in region, enable it first; or " +
        "give availabilityZoneNames.",
    );
  }
  const names = answer["names"].filter((name) => typeof name === "string");
  if (names.length < wanted) {
    throw new Error(
      `The provider's region has ${names.length} availability zones (${names.join(", ")}), but ${wanted} are ` +
        `needed: give availabilityZoneNames or numberOfAvailabilityZones, or choose another region.`,
    );
  }
  return names.slice(0, wanted);
}
