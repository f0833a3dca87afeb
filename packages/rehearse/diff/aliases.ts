import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

import type { Resource } from "../engine/resource";
import { makeUrn, nameOf, qualifiedType, ROOT_TYPE, typeOf } from "../engine/urn";

/** The context that completes an alias. */
export interface AliasContext {
  readonly stack: string;
  readonly project: string;
  /** The alias by which a resource was found in the state; undefined if it has kept its URN. */
  readonly aliasOf: (urn: string) => string | undefined;
}

/**
 * The URNs that a resource may have had, in the order in which the engine searches for them: its own aliases, then
 * those it inherits from a parent that was found by an alias.
 * Source: pulumi/pulumi `pkg/resource/deploy/step_generator.go`, `generateAliases`.
 */
export function aliasUrns(
  { name, type, parent }: Pick<Resource, "name" | "type" | "parent">,
  aliases: readonly Alias[],
  context: AliasContext,
): string[] {
  const own = aliases.map((alias) => urnOf(alias, { name, type, parent }, context));
  const parentAlias = parent === "" ? undefined : context.aliasOf(parent);
  if (parentAlias === undefined) return [...new Set(own)];
  const inherited = (childType: string, childName: string): string => {
    // A child named after its parent has a name that begins with its parent's old name.
    const parentName = nameOf(parent);
    const was = childName.startsWith(parentName)
      ? nameOf(parentAlias) + childName.slice(parentName.length)
      : childName;
    return makeUrn(context.stack, context.project, parentAlias, childType, was);
  };
  return [
    ...new Set([...own, inherited(type, name), ...own.map((urn) => inherited(typeOf(urn), nameOf(urn)))]),
  ];
}

/** Completes an alias to a URN. Source: as above, `collapseAliasToUrn`. */
function urnOf(
  alias: Alias,
  resource: Pick<Resource, "name" | "type" | "parent">,
  { stack, project, aliasOf }: AliasContext,
): string {
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  const name = spec.getName() || resource.name;
  const type = spec.getType() || resource.type;
  const given = spec.getParenturn();
  const above = given === "" ? resource.parent : (aliasOf(given) ?? given);
  const parent = spec.getNoparent() || qualifiedType(above) === ROOT_TYPE ? "" : above;
  // As in the engine, the parent's URN gives the stack and the project.
  if (parent !== "") return `${parent.slice(0, parent.lastIndexOf("::"))}$${type}::${name}`;
  return makeUrn(spec.getStack() || stack, spec.getProject() || project, "", type, name);
}
