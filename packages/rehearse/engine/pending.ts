import { UNKNOWN } from "../values";
import type { Resource } from "./resource";
import { isProviderType } from "./urn";

/**
 * Whether one of these resources is yet to be created, as all are in a preview. For a component, this means the
 * custom resources below it, down to the first level.
 * Source: pulumi/pulumi `pkg/resource/deploy/resourcetracker/tracker.go`.
 *
 * @param urns - the dependencies of a function
 * @param resources - by URN; other URNs don't belong to this deployment
 * @param unjudged - components whose children the rehearsal doesn't know; they are pending in a preview
 */
export function isPending(
  urns: readonly string[],
  resources: ReadonlyMap<string, Resource>,
  unjudged: ReadonlySet<string>,
  mode: "preview" | "up",
): boolean {
  return urns.some((urn) => {
    const resource = resources.get(urn);
    if (resource === undefined) return false;
    // A provider is usable before it has an id.
    if (resource.custom) return resource.id === UNKNOWN && !isProviderType(resource.type);
    if (unjudged.has(urn)) return mode === "preview";
    const children = [...resources.values()].filter(({ parent }) => parent === urn).map((child) => child.urn);
    return isPending(children, resources, unjudged, mode);
  });
}
