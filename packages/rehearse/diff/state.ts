import { isDeepStrictEqual } from "node:util";

import { forProvider } from "../engine/marshal";
import { parseReference } from "../engine/providers";
import type { Resource } from "../engine/resource";
import { containsUnknown, type Values } from "../values";

/**
 * All direct and indirect dependents of a resource, in the order of the state.
 * Source: pulumi/pulumi `pkg/resource/graph/dependency_graph.go`, `DependingOn`.
 *
 * @param ignored - URNs of resources that can no longer depend on it
 */
export function dependentsOf(
  root: Resource,
  state: readonly Resource[],
  ignored: ReadonlySet<string>,
): Resource[] {
  const found = new Set([root.urn]);
  return state.slice(state.indexOf(root) + 1).filter((one) => {
    const provider = one.provider === "" ? "" : parseReference(one.provider).urn;
    const needs = [
      provider,
      one.deletedWith,
      ...one.dependencies,
      ...one.replaceWith,
      ...Object.values(one.propertyDependencies).flat(),
    ];
    if (ignored.has(one.urn) || !needs.some((urn) => found.has(urn))) return false;
    found.add(one.urn);
    return true;
  });
}

/**
 * Whether the option `replacementTrigger` replaces a resource. An unknown value does; a secret of an export, which
 * can't be read, doesn't.
 * Source: pulumi/pulumi `pkg/resource/deploy/step_generator.go`, `shouldTriggerReplace`.
 */
export function isTriggered(resource: Resource, former: Resource): boolean {
  const bare = (one: Resource): Values => forProvider({ trigger: one.replacementTrigger });
  const [now, old] = [bare(resource), bare(former)];
  if (containsUnknown(old)) return false;
  if (containsUnknown(now)) return true;
  if (now["trigger"] === null || old["trigger"] === null) return false;
  return !isDeepStrictEqual(now, old);
}
