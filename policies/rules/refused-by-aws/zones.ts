import { SUBNET } from "../../resources";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import type { StackSubject, Subject } from "../../rule";
import type { Stack } from "../../stack";
import { text } from "./known";

/** A property that lists places. Each element is the place's name, or has the name under a key. */
export interface Place {
  readonly property: string;
  /** @default the element itself is the name */
  readonly key?: string;
}

/**
 * The maximum number of different places in the list: unknown ones may all differ.
 *
 * @returns undefined if there is no such list, or it is not known
 */
export function countPlaces(resource: Subject, { property, key }: Place): number | undefined {
  const names = namesAt(resource, { property, ...(key === undefined ? {} : { key }) });
  if (names === undefined) return undefined;
  const known = names.flatMap((name) => (name.kind === "known" ? [name.value] : []));
  return new Set(known).size + names.length - known.length;
}

/** The names of the listed places, without the elements that are null. */
function namesAt(resource: Subject, { property, key }: Place): Reading[] | undefined {
  const list = readList(resource.props, [property]);
  if (!isList(list)) return undefined;
  const present = list.filter(({ kind }) => kind !== "absent");
  return present.map((element) =>
    key === undefined || element.kind !== "known" ? element : read(element.value, [key]),
  );
}

/**
 * The maximum number of zones of the listed subnets, found in the stack by ID or by the dependencies of the list. A
 * subnet with an unknown zone counts as another zone.
 *
 * @returns undefined if the list depends on anything but subnets of this stack
 */
export function countZones(stack: Stack, resource: StackSubject, place: Place): number | undefined {
  const follow = stack.to(SUBNET);
  const names = namesAt(resource, place) ?? [];
  const literals = names.flatMap((name) => text(name) ?? []);
  const named = literals.map((reference) =>
    follow({ props: { reference }, propertyDependencies: {} }, "reference"),
  );
  const sources = resource.propertyDependencies[place.property] ?? [];
  const fromSources = sources.map((source) =>
    follow({ props: {}, propertyDependencies: { [place.property]: [source] } }, place.property),
  );
  const isWhole = names.length > 0 && literals.length === names.length;
  if ([...named, ...(isWhole ? [] : fromSources)].some((found) => found.length === 0)) return undefined;
  const subnets = new Set([...named.flat(), ...(isWhole ? [] : fromSources.flat())]);
  if (subnets.size === 0) return undefined;
  const zones = [...subnets].map(({ urn, props }) => {
    const zone = text(read(props, ["availabilityZone"])) ?? text(read(props, ["availabilityZoneId"]));
    return zone ?? urn;
  });
  return new Set(zones).size;
}
