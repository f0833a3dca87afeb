import { integerSetting } from "../../settings";
import type { Subject } from "../../rule";
import { countPlaces } from "../refused-by-aws/zones";
import type { Place } from "../refused-by-aws/zones";

/** The setting of the rules on zones. */
export const zonesSetting = integerSetting(
  2,
  6,
  2,
  "Minimum number of Availability Zones of a load balancer or group.",
);

/** Says that a list names too few places; undefined if it does not, or if it is empty because another list is used. */
export function placesProblem(resource: Subject, place: Place, zones: number): string | undefined {
  const count = countPlaces(resource, place);
  if (count === undefined || count === 0 || count >= zones) return undefined;
  return `${place.property} has ${count} different element${count === 1 ? "" : "s"}; it must have at least ${zones}`;
}
