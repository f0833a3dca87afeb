import { integer, read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { problem, resourceRule, violations } from "../../rule";
import { integerSetting } from "../../settings";
import { zonesSetting } from "./zones";

/** Instances left of a group, at its greatest, when the fullest of its zones is lost. */
export function instancesLeft(maxSize: number, zones: number): number {
  return maxSize - Math.ceil(maxSize / zones);
}

/** The minimum size of which enough is left. */
function sizeFor(peakInstances: number, zones: number): number {
  let size = peakInstances;
  while (instancesLeft(size, zones) < peakInstances) size += 1;
  return size;
}

/** Groups that still carry the peak with one zone lost. Judges nothing until the peak is declared. */
export const peakCapacity = resourceRule({
  id: "peak-capacity",
  area: "resilience",
  title: "Auto Scaling groups carry the peak with one zone lost",
  severity: "medium",
  level: "resource",
  description:
    "The maxSize of an Auto Scaling group, unless it is 0, leaves enough instances for the declared peak when one zone is lost. " +
    "Otherwise the store goes down at its busiest, as all others ask AWS for the same instances then.",
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
      "Instances that carry the greatest load expected of a group; 0 when nobody has declared it.",
    ),
    zones: zonesSetting,
  },
  types: AUTO_SCALING_GROUP,
  judge(group, { peakInstances, zones }) {
    const maxSize = read(group.props, ["maxSize"]);
    // A group of none carries nothing, and is not meant to: the colour of a blue-green pair that rests.
    if (peakInstances === 0 || (maxSize.kind === "known" && integer(maxSize.value) === 0)) return [];
    const least = sizeFor(peakInstances, zones);
    const problems = [
      problem("maxSize", maxSize, {
        accepts: (value) => (integer(value) ?? 0) >= least,
        allowed: `a literal number from ${least} on, of which ${peakInstances} are left with one of ${zones} zones lost`,
        vocabulary: /^-?\d{1,9}$/,
      }),
    ];
    return violations(problems, `{ maxSize: ${least} }`);
  },
});
