import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

import type { Resource } from "../engine/resource";
import { makeUrn, nameOf, qualifiedType, ROOT_TYPE, typeOf } from "../engine/urn";

/** What an alias leaves open. */
export interface AliasContext {
  readonly stack: string;
  readonly project: string;
  /** The alias by which a resource was found in the state; undefined for one that has kept its URN. */
  readonly aliasOf: (urn: string) => string | undefined;
}

/**
 * The URNs that a resource may have had, in the order in which the engine looks for them: its own aliases, then those
 * that it takes over from a parent that was found by one.
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
    // A child that is named after its parent was named after what its parent was called.
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

/** An alias with all that it leaves open. Source: as above, `collapseAliasToUrn`. */
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
  // As in the engine, a parent says for which stack and project it is.
  if (parent !== "") return `${parent.slice(0, parent.lastIndexOf("::"))}$${type}::${name}`;
  return makeUrn(spec.getStack() || stack, spec.getProject() || project, "", type, name);
}
