import { parseReference } from "./providers";
import type { Resource } from "./resource";

/**
 * Sorts resources independently of the order in which a program's requests arrived: dependencies come first, then the
 * alphabetical order of the URNs.
 */
export function inOrder(resources: Iterable<Resource>): Resource[] {
  const waiting = new Map([...resources].map((resource) => [resource.urn, resource] as const));
  const sorted = [...waiting.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const ordered: Resource[] = [];
  const place = (resource: Resource | undefined): void => {
    // Removing it first ends the walk even if a transform made two resources depend on each other.
    if (!resource || !waiting.delete(resource.urn)) return;
    for (const urn of needs(resource)) place(waiting.get(urn));
    ordered.push(resource);
  };
  for (const resource of sorted) if (resource.parent === "" && !resource.custom) place(resource);
  for (const resource of sorted) place(resource);
  return ordered;
}

/** URNs of the resources that must exist before this one; empty strings stand for none. */
function needs({ parent, provider, dependencies, propertyDependencies, deletedWith }: Resource): string[] {
  const urns = [parent, parseReference(provider).urn, deletedWith, ...dependencies];
  return [...urns, ...Object.values(propertyDependencies).flat()].sort();
}
