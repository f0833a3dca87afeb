import { read } from "../../../read";
import { readEach } from "../../../read-each";
import { text } from "../known";
import { isSet } from "./line";
import type { Line } from "./line";

/** How many of the properties must be set. */
type Wanted = "one" | "at least one" | "at most one";

/**
 * Properties of which AWS requires or allows one.
 *
 * @param path where they are, as {@link readEach} takes it; "" for the resource itself
 */
export function needs(wanted: Wanted, names: readonly string[], path = ""): Line["problems"] {
  return (props) =>
    readEach(props, path).map(({ label, reading }) => {
      if (reading.kind !== "known") return undefined;
      const given = names.filter((name) => isSet(reading.value, name));
      const where = label === "" ? "" : ` in ${label}`;
      if (given.length === 0 && wanted !== "at most one")
        return `${noneOf(names)} is set${where}; AWS requires ${wanted} of them`;
      return given.length > 1 && wanted !== "at least one"
        ? `${given.join(" and ")} are ${given.length > 2 ? "all" : "both"} set${where}; AWS allows only one of them`
        : undefined;
    });
}

/** Completes "… is set". */
function noneOf(names: readonly string[]): string {
  return names.length > 2
    ? `none of ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
    : `neither ${names.join(" nor ")}`;
}

/**
 * Properties that AWS requires if another property has a certain value.
 *
 * @param unsaid the other property's default value
 * @param needed by that value, the properties that AWS requires; a list stands for one of its elements
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
          ? `${noneOf(names)} is set; AWS requires one of them`
          : `${names.join()} is not set; AWS requires it`;
      return names.some((name) => isSet(props, name))
        ? undefined
        : `${what} if ${property} is "${word}"${word === unsaid ? ", the default" : ""}`;
    });
  };
}

/** Properties that AWS requires. */
export function needsAll(names: readonly string[]): Line["problems"] {
  return (props) =>
    names.map((name) => (isSet(props, name) ? undefined : `${name} is not set; AWS requires it`));
}

/** Requirements that apply only if none of `others` is set, such as the snapshot that a database is restored from. */
export function unless(others: readonly string[], ...needed: readonly Line["problems"][]): Line["problems"] {
  return (props) =>
    others.some((name) => isSet(props, name)) ? [] : needed.flatMap((problems) => problems(props));
}
