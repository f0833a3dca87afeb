import type { Value, Values } from "../../values";
import { isMap } from "../../values";
import type { Draft } from "../resources/draft";

/**
 * Answers one function from its arguments (`call.inputs`) and the context of the call. Fields that the result leaves
 * out are filled in by the type that the SDK declares.
 *
 * @returns Undefined if no sensible answer can be made up.
 * @throws {@link InvokeFailed} if the real provider would refuse the arguments.
 */
export type Answer = (call: Draft) => Record<string, Value | undefined> | undefined;

/** Answers by token. */
export type Answers = Readonly<Record<string, Answer>>;

/** The provider refuses the arguments of a function. */
export class InvokeFailed extends Error {
  override readonly name = "InvokeFailed";
}

/** A string; empty for any other value. */
export const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** The strings in a list; other elements are left out. */
export function texts(value: Value | undefined): string[] {
  return Array.isArray(value)
    ? value.filter((element): element is string => typeof element === "string")
    : [];
}

/** EC2's filters: the accepted values by name. The values may hold `*` and `?`. */
export function filters(args: Values): ReadonlyMap<string, readonly string[]> {
  const list = Array.isArray(args["filters"]) ? args["filters"] : [];
  return new Map(
    list.filter(isMap).map((filter) => {
      const name = filter["name"];
      return [typeof name === "string" ? name : "", texts(filter["values"])];
    }),
  );
}

/** Does a text match one of the patterns? `*` stands for any characters, `?` for one. */
export function matches(text: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`).test(text);
  });
}
