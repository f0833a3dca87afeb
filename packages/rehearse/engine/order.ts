import { parseReference } from "./providers";
import type { Resource } from "./resource";

/**
 * Puts resources in an order that doesn't depend on which of a program's many requests came in first: what a
 * resource needs comes before it, and of those that could come next, the one whose URN is first in the alphabet.
 */
export function inOrder(resources: Iterable<Resource>): Resource[] {
  const waiting = new Map([...resources].map((resource) => [resource.urn, resource] as const));
  const sorted = [...waiting.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const ordered: Resource[] = [];
  const place = (resource: Resource | undefined): void => {
    // Taking it out first ends the walk even if a transform made two resources need each other.
    if (!resource || !waiting.delete(resource.urn)) return;
    for (const urn of needs(resource)) place(waiting.get(urn));
    ordered.push(resource);
  };
  for (const resource of sorted) if (resource.parent === "" && !resource.custom) place(resource);
  for (const resource of sorted) place(resource);
  return ordered;
}

/** URNs of the resources that must exist before this one; empty ones are of none. */
function needs({ parent, provider, dependencies, propertyDependencies, deletedWith }: Resource): string[] {
  const urns = [parent, parseReference(provider).urn, deletedWith, ...dependencies];
  return [...urns, ...Object.values(propertyDependencies).flat()].sort();
}
