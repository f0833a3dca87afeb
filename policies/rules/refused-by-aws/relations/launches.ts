import { isList, isTrue, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import { AUTO_SCALING_GROUP, LAUNCH_TEMPLATE, NODE_GROUP } from "../../../resources";
import type { StackSubject, Subject } from "../../../rule";
import type { Stack } from "../../../stack";
import { block, text } from "../known";
import { isSet, pair, type Relation } from "./relation";

/** The paths at which an Auto Scaling group names its launch template, and the field of each. */
const ROADS = [
  { property: "launchTemplate", path: [], id: "id", name: "name" },
  {
    property: "mixedInstancesPolicy",
    path: ["launchTemplate", "launchTemplateSpecification"],
    id: "launchTemplateId",
    name: "launchTemplateName",
  },
] as const;

/** Relations of Auto Scaling groups and what they launch. */
export const launches: readonly Relation[] = [
  {
    of: AUTO_SCALING_GROUP,
    source: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html",
    fix: '{ imageId: "ami-0123456789abcdef0" } of the template, or { instanceRefresh: { preferences: { autoRollback: false } } }',
    judge(stack) {
      const templatesOf = launchTemplatesOf(stack);
      return (group) => {
        const templates = rollsBack(group.props) ? templatesOf(group) : [];
        // If several launch templates are possible, one that is allowed is enough.
        if (templates.length === 0 || !templates.every(hasImageByReference)) return [];
        const names = templates.map(({ name }) => `"${name}"`).join(", ");
        return [
          `instanceRefresh.preferences.autoRollback is true, but the image of launch template ${names} ` +
            "is a Systems Manager parameter; AWS allows only one of them",
        ];
      };
    },
  },
  {
    of: AUTO_SCALING_GROUP,
    source:
      "Incompatible launch template: You cannot use a launch template that is set to request Spot Instances (InstanceMarketOptions) when you configure an Auto Scaling group with a mixed instances policy",
    fix: "{ mixedInstancesPolicy: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } } } of the group, and no instanceMarketOptions in the template",
    judge: pair(
      ["launchTemplateId", "launchTemplateName"].map((field) => ({
        property: "mixedInstancesPolicy",
        within: ["launchTemplate", "launchTemplateSpecification", field],
      })),
      LAUNCH_TEMPLATE,
      ["id", "name"],
      (_, template) =>
        text(read(template.props, ["instanceMarketOptions", "marketType"])) === "spot"
          ? `Launch template "${template.name}" requests Spot Instances with instanceMarketOptions; the group's mixedInstancesPolicy must do so instead`
          : undefined,
    ),
  },
  {
    of: NODE_GROUP,
    source: "Launch template should not specify an instance profile",
    fix: "{ nodeRoleArn, subnetIds } of the node group, and neither instance profile nor subnet in the launch template",
    judge: pair(
      ["id", "name"].map((field) => ({ property: "launchTemplate", within: [field] })),
      LAUNCH_TEMPLATE,
      ["id", "name"],
      (_, template) => {
        const interfaces = readList(template.props, ["networkInterfaces"]);
        const namesSubnet =
          isList(interfaces) &&
          interfaces.some((one) => one.kind === "known" && read(one.value, ["subnetId"]).kind !== "absent");
        const problem = isSet(template, "iamInstanceProfile")
          ? "iamInstanceProfile"
          : namesSubnet
            ? "a subnetId in networkInterfaces"
            : undefined;
        return problem === undefined
          ? undefined
          : `Launch template "${template.name}" has ${problem}; AWS allows it only on the node group`;
      },
    ),
  },
];

/** The launch templates of this stack that an Auto Scaling group may launch from. */
function launchTemplatesOf(stack: Stack): (group: StackSubject) => StackSubject[] {
  const byReference = stack.to(LAUNCH_TEMPLATE, ["id", "name"]);
  return (group) => [
    ...new Set(
      ROADS.flatMap(({ property, path, id, name }) => {
        const specification = block(group, property, path);
        return [id, name].flatMap((field) =>
          read(specification.props, [field]).kind === "absent" ? [] : byReference(specification, field),
        );
      }),
    ),
  ];
}

/** The versions of launch templates that a group names. */
export function versionsOf(props: unknown): { readonly label: string; readonly version: Reading }[] {
  return ROADS.map(({ property, path }) => ({
    label: [property, ...path, "version"].join("."),
    version: read(props, [property, ...path, "version"]),
  }));
}

/** True if a version is the newest or default one, and not a number. */
export function floats(version: Reading): boolean {
  return /^\$(Latest|Default)$/.test(text(version) ?? "");
}

/** True if a launch template names its image by a Systems Manager parameter. */
function hasImageByReference(template: Subject): boolean {
  return (text(read(template.props, ["imageId"])) ?? "").startsWith("resolve:ssm:");
}

/** The launch template's override of each instance type, unless they are not known. */
export function overridesOf(group: Subject): Reading | readonly Reading[] {
  const overrides = readList(group.props, ["mixedInstancesPolicy", "launchTemplate", "overrides"]);
  return isList(overrides) ? overrides.filter(({ kind }) => kind !== "absent") : overrides;
}

/** True if a failed instance refresh of a group is rolled back. */
export function rollsBack(props: unknown): boolean {
  return isTrue(read(props, ["instanceRefresh", "preferences", "autoRollback"]));
}
