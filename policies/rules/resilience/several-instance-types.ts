import { isList, read, readList } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { describe, resourceRule, violations } from "../../rule";
import type { Subject } from "../../rule";
import { integerSetting } from "../../settings";
import { text } from "../refused-by-aws/known";
import { overridesOf } from "../refused-by-aws/relations/launches";

const FIX =
  "{ mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { launchTemplateId: template.id, version }, " +
  'overrides: [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }] } } }';

/** Auto Scaling groups by the number of instance types that they can launch. */
export const severalInstanceTypes = resourceRule({
  id: "several-instance-types",
  area: "resilience",
  title: "Auto Scaling groups have a second instance type",
  severity: "low",
  level: "resource",
  description:
    "An Auto Scaling group can launch several instance types. With only one, it cannot grow or replace instances while AWS has no capacity for that type in a zone.",
  remedy: FIX,
  references: [
    {
      label: "AutoScaling.6",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-6",
    },
    {
      label: "Auto Scaling groups with multiple instance types",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html",
    },
  ],
  settings: {
    types: integerSetting(
      2,
      40,
      2,
      "Minimum number of different instance types that a group must be able to launch.",
    ),
  },
  types: AUTO_SCALING_GROUP,
  judge: (group, { types }) => violations([typesProblem(group, types)], FIX),
});

function typesProblem(group: Subject, types: number): string | undefined {
  const policy = read(group.props, ["mixedInstancesPolicy"]);
  if (policy.kind !== "known")
    return `mixedInstancesPolicy ${describe(policy)}; it must name ${types} instance types`;
  const label = "mixedInstancesPolicy.launchTemplate.overrides";
  const overrides = overridesOf(group);
  if (!isList(overrides)) return `${label} ${describe(overrides)}; it must name ${types} instance types`;
  const known = overrides.flatMap((override) => (override.kind === "known" ? [override.value] : []));
  // Attributes, such as 2 vCPUs, match all types that have them, unless only a few types are allowed by name.
  const byAttributes = known.filter((override) => read(override, ["instanceRequirements"]).kind !== "absent");
  const allowed = byAttributes.map((override) => namesIn(override));
  if (allowed.some((names) => names === undefined)) return undefined;
  const names = new Set([
    ...known.flatMap((override) => text(read(override, ["instanceType"])) ?? []),
    ...allowed.flatMap((some) => some ?? []),
  ]);
  if (names.size >= types) return undefined;
  return `${label} names only ${names.size} different known instance types; it must name ${types}`;
}

/** The types that attributes allow by name; undefined if they name none, families (`m7*`), or unknown values. */
function namesIn(override: unknown): string[] | undefined {
  const list = readList(override, ["instanceRequirements", "allowedInstanceTypes"]);
  const names = isList(list) ? list.map((name) => text(name)) : [];
  const known = names.filter((name) => name !== undefined && !name.includes("*"));
  return known.length === 0 || known.length < names.length ? undefined : known.flatMap((name) => name ?? []);
}
