import { inspect } from "node:util";
import { isList, jsonOf, readList } from "../../../read";
import type { Reading } from "../../../read";
import { isMap, mapKeys, readEach } from "../../../read-each";
import { describe } from "../../../rule";
import type { Expectation } from "../../../rule";
import { scalar } from "../known";

/** What AWS says of a resource in prose only, so that no API model has it. */
export interface Line {
  /** Exact type tokens. */
  readonly types: readonly string[];
  /** Inputs that AWS takes: printed as the way to comply. */
  readonly example: Readonly<Record<string, unknown>>;
  /** AWS's page that says so. */
  readonly source: string;
  /**
   * What AWS refuses in the inputs of a resource: sentences without a full stop, or undefined in their place. Unknown
   * values are passed over.
   */
  readonly problems: (props: unknown) => readonly (string | undefined)[];
}

/** What AWS takes for one value. */
export interface Limit {
  /** What is wrong with a known value: completes a sentence that begins with the property; undefined for nothing. */
  readonly got: (value: unknown) => string | undefined;
  /** Completes "AWS takes …". */
  readonly allowed: string;
}

/**
 * Judges each value at some paths by one limit.
 *
 * @param paths property names with dots between them; `*` for each element of a list and each value of a map
 */
export function each(paths: readonly string[], limit: Limit): Line["problems"] {
  return (props) =>
    paths.flatMap((path) =>
      readEach(props, path).map(({ label, reading }) => problemOf(label, reading, limit)),
    );
}

/** What is wrong with one value, or undefined. The provider leaves an empty text out of its request. */
export function problemOf(label: string, reading: Reading, { got, allowed }: Limit): string | undefined {
  if (reading.kind !== "known" || reading.value === "") return undefined;
  const problem = got(reading.value);
  return problem === undefined ? undefined : `${label} ${problem}; AWS takes ${allowed}`;
}

/** A limit of what a rule expects elsewhere. */
export function expecting(expected: Expectation): Limit {
  return {
    got: (value) =>
      expected.accepts(value) ? undefined : describe({ kind: "known", value }, expected.vocabulary),
    allowed: expected.allowed,
  };
}

/**
 * A text of so many characters.
 *
 * @param others matches each character that AWS refuses; has the flag `g`
 * @default takes any character
 */
export function characters(most: number, allowed: string, others?: RegExp): Limit {
  return {
    got: (value) => {
      const text = scalar(value);
      if (text === undefined) return describe({ kind: "known", value });
      const length = [...text].length;
      if (length > most) return `has ${length} characters`;
      // Single characters give no secret away, and without them the problem is hard to find.
      const refused = [...new Set(others === undefined ? [] : (text.match(others) ?? []))].slice(0, 3);
      return refused.length === 0
        ? undefined
        : `contains ${refused.map((character) => JSON.stringify(character)).join(" and ")}`;
    },
    allowed,
  };
}

/** A text of a certain form, which is not shown. */
export function form(accepts: (text: string) => boolean, allowed: string): Limit {
  return expecting({ accepts: (value) => accepts(scalar(value) ?? ""), allowed });
}

/** A text that has to be an object in JSON. */
export const OBJECT_IN_JSON: Limit = form((json) => isMap(jsonOf(json)), "an object in JSON");

/** Several limits of one value; the first that refuses speaks. */
export function all(first: Limit, ...others: readonly Limit[]): Limit {
  return {
    got: (value) => {
      for (const { got } of [first, ...others]) {
        const problem = got(value);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
    allowed: [first, ...others].map(({ allowed }) => allowed).join(", "),
  };
}

/** True for what the provider sends, known or not: an empty text, an empty list and false are as good as nothing. */
export function isSet(props: unknown, property: string): boolean {
  const list = readList(props, [property]);
  if (isList(list)) return list.length > 0;
  return (
    list.kind === "unknown" || (list.kind === "known" && !["", "false"].includes(scalar(list.value) ?? "{}"))
  );
}

/** Bounds of how many elements or entries there are. */
export function atMost(most: number, what: string): Limit {
  return {
    got: (value) => {
      const count = Array.isArray(value) ? value.length : isMap(value) ? mapKeys(value).length : 0;
      return count > most ? `has ${count} ${what}` : undefined;
    },
    allowed: `${most} at most`,
  };
}

/** Inputs as code. */
export function codeOf(example: Line["example"]): string {
  return inspect(example, { depth: null, breakLength: Infinity, compact: 20, maxStringLength: 100 });
}
