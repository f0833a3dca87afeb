import { UNKNOWN } from "../values";
import type { Resource } from "./resource";
import { isProviderType } from "./urn";

/**
 * Whether one of these resources is yet to be created, as all are in a preview; of a component, whether one below it is,
 * down to the first custom resources.
 * Source: pulumi/pulumi `pkg/resource/deploy/resourcetracker/tracker.go`.
 *
 * @param urns - what a function depends on
 * @param resources - by URN; others aren't this deployment's
 * @param unjudged - components whose children the rehearsal doesn't know, and in a preview are pending
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
    // A provider serves before it has an id.
    if (resource.custom) return resource.id === UNKNOWN && !isProviderType(resource.type);
    if (unjudged.has(urn)) return mode === "preview";
    const children = [...resources.values()].filter(({ parent }) => parent === urn).map((child) => child.urn);
    return isPending(children, resources, unjudged, mode);
  });
}
