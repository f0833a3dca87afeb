import { integerSetting } from "../../settings";
import type { Subject } from "../../rule";
import { countPlaces } from "../refused-by-aws/zones";
import type { Place } from "../refused-by-aws/zones";

/** The setting of the rules about zones. */
export const zonesSetting = integerSetting(
  2,
  6,
  2,
  "Availability Zones that a load balancer or group has to lie in.",
);

/** Says that a list names too few places, or nothing: of an empty list nothing, for what is needed stands in another. */
export function placesProblem(resource: Subject, place: Place, zones: number): string | undefined {
  const count = countPlaces(resource, place);
  if (count === undefined || count === 0 || count >= zones) return undefined;
  return `${place.property} has ${count} different element${count === 1 ? "" : "s"}; it must have ${zones} at least`;
}
