import { type TestResource, UNKNOWN, urnOf } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";

/** A stack, the resource that the rule reports, and its message; without these, the stack is sound. */
export type Row = readonly [title: string, stack: readonly TestResource[], name?: string, says?: string];

/** A resource whose references are unknown, as in a preview. */
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

/** A copy of a resource that depends on others. */
export function waitingFor(one: TestResource, ...others: readonly TestResource[]): TestResource {
  return { ...one, dependencies: others.map(urnOf) };
}
