import { LAUNCH_TEMPLATE } from "../../resources";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import type { StackSubject, Subject } from "../../rule";
import type { Stack } from "../../stack";
import { block, text } from "./known";

/** The ways an Auto Scaling group names its launch template: where, and by which field. */
const ROADS = [
  { property: "launchTemplate", path: [], id: "id", name: "name" },
  {
    property: "mixedInstancesPolicy",
    path: ["launchTemplate", "launchTemplateSpecification"],
    id: "launchTemplateId",
    name: "launchTemplateName",
  },
] as const;

/** The launch templates of this stack that an Auto Scaling group may launch from. */
export function launchTemplatesOf(stack: Stack): (group: StackSubject) => StackSubject[] {
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

/** The version of its launch template that a group launches, as far as it is set. */
export function versionsOf(group: Subject): { readonly label: string; readonly version: Reading }[] {
  return ROADS.map(({ property, path }) => ({
    label: [property, ...path, "version"].join("."),
    version: read(group.props, [property, ...path, "version"]),
  }));
}

/** True if the group's launch template is the version that happens to be newest or default, not a numbered one. */
export function floats(version: Reading): boolean {
  return /^\$(Latest|Default)$/.test(text(version) ?? "");
}

/** True if a launch template names its image by a parameter of Systems Manager. */
export function hasImageByReference(template: Subject): boolean {
  return (text(read(template.props, ["imageId"])) ?? "").startsWith("resolve:ssm:");
}

/** The launch template's override of each instance type, unless they are not known. */
export function overridesOf(group: Subject): Reading | readonly Reading[] {
  const overrides = readList(group.props, ["mixedInstancesPolicy", "launchTemplate", "overrides"]);
  return isList(overrides) ? overrides.filter(({ kind }) => kind !== "absent") : overrides;
}
