import { read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { resourceRule, violations } from "../../rule";
import type { Expectation, Subject } from "../../rule";
import { between, refusal, wholeNumber } from "./known";

const FIX = "{ minHealthyPercentage: 100, maxHealthyPercentage: 200 }";

/** Where the percentages of a group are, and whether -1 takes them back. */
const PLACES = [
  { path: ["instanceRefresh", "preferences"], canClear: false },
  { path: ["instanceMaintenancePolicy"], canClear: true },
] as const;

/** How much of a group stays in service while instances are replaced. */
export const healthyPercentages = resourceRule({
  id: "healthy-percentages",
  area: "refused-by-aws",
  title: "AWS takes the healthy percentages of Auto Scaling groups",
  severity: "medium",
  level: "resource",
  description:
    "While instances are replaced, the minimum healthy percentage of a group is 0 to 100 and the maximum 100 to 200, " +
    "no more than 100 apart. AWS refuses others.",
  remedy: `{ instanceRefresh: { strategy: "Rolling", preferences: ${FIX} } }`,
  references: [
    {
      label: "RefreshPreferences",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html",
    },
    {
      label: "InstanceMaintenancePolicy",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMaintenancePolicy.html",
    },
  ],
  types: AUTO_SCALING_GROUP,
  judge: (group) =>
    violations(
      PLACES.flatMap((place) => faultsAt(group, place)),
      FIX,
    ),
});

function faultsAt(group: Subject, { path, canClear }: (typeof PLACES)[number]): (string | undefined)[] {
  const place = path.join(".");
  const min = read(group.props, [...path, "minHealthyPercentage"]);
  const max = read(group.props, [...path, "maxHealthyPercentage"]);
  const least = wholeNumber(min);
  const most = wholeNumber(max);
  const orCleared = (bounds: Expectation): Expectation =>
    canClear
      ? {
          ...bounds,
          accepts: (value) => value === -1 || value === "-1" || bounds.accepts(value),
          allowed: `${bounds.allowed}, or -1`,
        }
      : bounds;
  return [
    refusal(`${place}.minHealthyPercentage`, min, orCleared(between(0, 100))),
    refusal(`${place}.maxHealthyPercentage`, max, orCleared(between(100, 200))),
    least !== undefined && most !== undefined && most - least > 100 && least >= 0 && most <= 200
      ? `${place}.minHealthyPercentage is ${least} and maxHealthyPercentage is ${most}; they must be at most 100 apart`
      : undefined,
  ];
}
