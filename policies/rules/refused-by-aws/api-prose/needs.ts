import { read } from "../../../read";
import { readEach } from "../../../read-each";
import { text } from "../known";
import { isSet } from "./line";
import type { Line } from "./line";

/** How many of some properties must be set. */
type Wanted = "one" | "one at least" | "one at most";

/**
 * Properties of which AWS requires, or allows, one.
 *
 * @param path where they are, as {@link readEach} takes it; "" for the resource itself
 */
export function needs(wanted: Wanted, names: readonly string[], path = ""): Line["problems"] {
  const listed = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return (props) =>
    readEach(props, path).map(({ label, reading }) => {
      if (reading.kind !== "known") return undefined;
      const given = names.filter((name) => isSet(reading.value, name));
      const where = label === "" ? "" : ` in ${label}`;
      if (given.length === 0 && wanted !== "one at most")
        return `${listed} are ${names.length > 2 ? "all" : "both"} left out${where}; AWS takes ${wanted} of them`;
      return given.length > 1 && wanted !== "one at least"
        ? `${given.join(" and ")} are ${given.length > 2 ? "all" : "both"} set${where}; AWS takes one of them`
        : undefined;
    });
}

/**
 * Properties that a property's value requires.
 *
 * @param unsaid the property's default value
 * @param needed by value, the properties that it requires; a list for properties of which it requires one
 */
export function needsFor(
  property: string,
  unsaid: string,
  needed: Readonly<Record<string, readonly (string | readonly string[])[]>>,
): Line["problems"] {
  return (props) => {
    const word = isSet(props, property) ? text(read(props, [property])) : unsaid;
    return (needed[word ?? ""] ?? []).map((one) => {
      const names = [one].flat();
      const what =
        names.length > 1
          ? `${names.join(" and ")} are both left out; AWS needs one of them`
          : `${names.join()} is left out; AWS needs it`;
      return names.some((name) => isSet(props, name))
        ? undefined
        : `${what} where ${property} is "${word}"${word === unsaid ? ", which it is unless it is set" : ""}`;
    });
  };
}

/** Properties that AWS requires. */
export function needsAll(names: readonly string[]): Line["problems"] {
  return (props) =>
    names.map((name) => (isSet(props, name) ? undefined : `${name} is left out; AWS needs it`));
}

/** Requirements that apply only if none of the given properties names a source to create the resource from. */
export function unless(others: readonly string[], ...needed: readonly Line["problems"][]): Line["problems"] {
  return (props) =>
    others.some((name) => isSet(props, name)) ? [] : needed.flatMap((problems) => problems(props));
}
