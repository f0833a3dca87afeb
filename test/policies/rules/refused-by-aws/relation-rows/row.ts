import { type TestResource, UNKNOWN, urnOf } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";

/** A stack, and of which of its resources the rule says what; of none, if it is sound. */
export type Row = readonly [title: string, stack: readonly TestResource[], name?: string, says?: string];

/** A resource; what it refers to is unknown, as in a preview. */
export function make(
  [type]: readonly string[],
  name: string,
  props: Props = {},
  to: Readonly<Record<string, readonly TestResource[] | TestResource>> = {},
): TestResource {
  const links = Object.entries(to).map(([property, of]) => [property, [of].flat().map(urnOf)] as const);
  const named = Object.fromEntries(links.map(([property]) => [property, UNKNOWN]));
  return {
    type: type!,
    name,
    props: { id: UNKNOWN, arn: UNKNOWN, ...named, ...props },
    propertyDependencies: Object.fromEntries(links),
  };
}

/** The same resource, which waits for others. */
export function waitingFor(one: TestResource, ...others: readonly TestResource[]): TestResource {
  return { ...one, dependencies: others.map(urnOf) };
}
