import { read } from "./read";
import { isOf } from "./resources";
import type { StackSubject } from "./rule";

/**
 * Prepares to follow references from one resource of a stack to others, of the given types. The stack is indexed
 * once, so that following every reference of a large stack stays linear.
 *
 * @param types the type tokens of the resources referred to
 * @param keys the properties by which they are referred to, for example `arn` and `id`
 * @returns a function from a resource and one of its properties to the resources it may refer to. When the
 *   reference is known, these are the resources that carry that very value. While it is unknown, they are all
 *   those whose outputs went into it, directly or by way of a component that contains them. None means that the
 *   resource referred to is not in this stack.
 */
export function relatedBy(
  resources: readonly StackSubject[],
  types: readonly string[],
  keys: readonly string[],
): (from: StackSubject, property: string) => StackSubject[] {
  const byValue = new Map<unknown, StackSubject[]>();
  const byAncestor = new Map<string, StackSubject[]>();
  for (const resource of resources) {
    if (!isOf(types, resource)) continue;
    const values = keys.map((key) => read(resource.props, [key]));
    for (const value of new Set(values.map((value) => (value.kind === "known" ? value.value : undefined)))) {
      if (value !== undefined) append(byValue, value, resource);
    }
    for (let at: StackSubject | undefined = resource; at; at = at.parent)
      append(byAncestor, at.urn, resource);
  }
  return (from, property) => {
    const reference = read(from.props, [property]);
    const named = reference.kind === "known" ? byValue.get(reference.value) : undefined;
    if (named) return named;
    const sources = from.propertyDependencies[property] ?? [];
    return [...new Set(sources.flatMap((source) => byAncestor.get(source.urn) ?? []))];
  };
}

function append<K>(index: Map<K, StackSubject[]>, key: K, resource: StackSubject): void {
  const bucket = index.get(key);
  if (bucket) bucket.push(resource);
  else index.set(key, [resource]);
}
