import { integer, read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { problem, resourceRule, violations } from "../../rule";
import { integerSetting } from "../../settings";
import { zonesSetting } from "./zones";

/** The instances left of a group at its maximum size when the zone with the most instances is lost. */
export function instancesLeft(maxSize: number, zones: number): number {
  return maxSize - Math.ceil(maxSize / zones);
}

/** The smallest size of which enough instances are left. */
function sizeFor(peakInstances: number, zones: number): number {
  let size = peakInstances;
  while (instancesLeft(size, zones) < peakInstances) size += 1;
  return size;
}

/** Auto Scaling groups that should carry the peak with one zone lost. The rule is off until the peak is declared. */
export const peakCapacity = resourceRule({
  id: "peak-capacity",
  area: "resilience",
  title: "Auto Scaling groups carry the peak with one zone lost",
  severity: "medium",
  level: "resource",
  description:
    "The maxSize of an Auto Scaling group, unless it is 0, leaves enough instances for the declared peak when one zone is lost. " +
    "Otherwise the store goes down at its busiest time, because every other customer of that zone also asks AWS for instances then.",
  remedy: "{ maxSize: peakInstances × zones / (zones − 1), rounded up }",
  references: [
    {
      label: "REL11-BP05",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_static_stability.html",
    },
  ],
  settings: {
    peakInstances: integerSetting(
      0,
      10_000,
      0,
      "Number of instances that carry the peak load of a group; 0 if it is not declared.",
    ),
    zones: zonesSetting,
  },
  types: AUTO_SCALING_GROUP,
  judge(group, { peakInstances, zones }) {
    const maxSize = read(group.props, ["maxSize"]);
    // A group with maxSize 0 is not meant to carry load, such as the idle colour of a blue-green pair.
    if (peakInstances === 0 || (maxSize.kind === "known" && integer(maxSize.value) === 0)) return [];
    const least = sizeFor(peakInstances, zones);
    const problems = [
      problem("maxSize", maxSize, {
        accepts: (value) => (integer(value) ?? 0) >= least,
        allowed: `a literal number of at least ${least}, of which ${peakInstances} are left with one of ${zones} zones lost`,
        vocabulary: /^-?\d{1,9}$/,
      }),
    ];
    return violations(problems, `{ maxSize: ${least} }`);
  },
});
