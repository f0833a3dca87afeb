import { architectureOf, commonArchitecture } from "../../components/fleet/instance-type";
import type { JointFault } from "./rule";

/** Instance types, some of which need another image than the first. */
export function mixedTypes(place: Pick<JointFault, "key" | "at">, types: readonly string[]): JointFault[] {
  const [first] = types;
  if (first === undefined || commonArchitecture(types) !== undefined) return [];
  const others = types.filter((type) => architectureOf(type) !== architectureOf(first));
  return [
    {
      ...place,
      allowed: `types of one architecture, which the image has: ${first} is ${architectureOf(first)}`,
      remedy: `remove ${others.join(", ")}`,
    },
  ];
}
