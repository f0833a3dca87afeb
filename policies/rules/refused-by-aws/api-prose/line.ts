import { inspect } from "node:util";
import { isList, jsonOf, readList } from "../../../read";
import type { Reading } from "../../../read";
import { isMap, mapKeys, readEach } from "../../../read-each";
import { describe } from "../../../rule";
import type { Expectation } from "../../../rule";
import { scalar } from "../known";

/** A limit that AWS documents in prose only, not in its API models. */
export interface Line {
  /** Exact type tokens. */
  readonly types: readonly string[];
  /** Inputs that AWS accepts; printed as the fix. */
  readonly example: Readonly<Record<string, unknown>>;
  /** AWS's page that documents it. */
  readonly source: string;
  /**
   * What AWS refuses in the inputs of a resource: sentences without a full stop, or undefined for none. Unknown values
   * are skipped.
   */
  readonly problems: (props: unknown) => readonly (string | undefined)[];
}

/** The values that AWS accepts for one property. */
export interface Limit {
  /** Completes a sentence that begins with the property: what is wrong with a known value; undefined if nothing is. */
  readonly got: (value: unknown) => string | undefined;
  /** Completes "AWS allows …". */
  readonly allowed: string;
}

/**
 * Applies one limit to each value at the given paths.
 *
 * @param paths property names with dots between them; `*` for each element of a list and each value of a map
 */
export function each(paths: readonly string[], limit: Limit): Line["problems"] {
  return (props) =>
    paths.flatMap((path) =>
      readEach(props, path).map(({ label, reading }) => problemOf(label, reading, limit)),
    );
}

/** What is wrong with one value; undefined if nothing is. The provider omits an empty string from its request. */
export function problemOf(label: string, reading: Reading, { got, allowed }: Limit): string | undefined {
  if (reading.kind !== "known" || reading.value === "") return undefined;
  const problem = got(reading.value);
  return problem === undefined ? undefined : `${label} ${problem}; AWS allows ${allowed}`;
}

/** A limit from an {@link Expectation}. */
export function expecting(expected: Expectation): Limit {
  return {
    got: (value) =>
      expected.accepts(value) ? undefined : describe({ kind: "known", value }, expected.vocabulary),
    allowed: expected.allowed,
  };
}

/**
 * A string with a maximum length.
 *
 * @param others matches each character that AWS refuses; has the flag `g`
 * @default any character is allowed
 */
export function characters(most: number, allowed: string, others?: RegExp): Limit {
  return {
    got: (value) => {
      const text = scalar(value);
      if (text === undefined) return describe({ kind: "known", value });
      const length = [...text].length;
      if (length > most) return `has ${length} characters`;
      // Single characters reveal no secret, and the problem is hard to find without them.
      const refused = [...new Set(others === undefined ? [] : (text.match(others) ?? []))].slice(0, 3);
      return refused.length === 0
        ? undefined
        : `contains ${refused.map((character) => JSON.stringify(character)).join(" and ")}`;
    },
    allowed,
  };
}

/** A string of a certain form. Messages do not show the string. */
export function form(accepts: (text: string) => boolean, allowed: string): Limit {
  return expecting({ accepts: (value) => accepts(scalar(value) ?? ""), allowed });
}

/** A string that must be a JSON object. */
export const OBJECT_IN_JSON: Limit = form((json) => isMap(jsonOf(json)), "a JSON object");

/** Several limits of one value. Only the first violation is reported. */
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

/** True for values, known or not, that the provider sends. It omits empty strings, empty lists and false. */
export function isSet(props: unknown, property: string): boolean {
  const list = readList(props, [property]);
  if (isList(list)) return list.length > 0;
  return (
    list.kind === "unknown" || (list.kind === "known" && !["", "false"].includes(scalar(list.value) ?? "{}"))
  );
}

/** A maximum number of elements or entries. */
export function atMost(most: number, what: string): Limit {
  return {
    got: (value) => {
      const count = Array.isArray(value) ? value.length : isMap(value) ? mapKeys(value).length : 0;
      return count > most ? `has ${count} ${what}` : undefined;
    },
    allowed: `at most ${most}`,
  };
}

/** Inputs as source code. */
export function codeOf(example: Line["example"]): string {
  return inspect(example, { depth: null, breakLength: Infinity, compact: 20, maxStringLength: 100 });
}
