import { read } from "./read";
import type { Reading } from "./read";

/** A value, and its place in the program, for example `ingress[0].description`. */
export interface Placed {
  readonly label: string;
  readonly reading: Reading;
}

/**
 * Every value at a path.
 *
 * @param path property names separated by dots, with `*` for each element of a list and each value of a map; "" for the
 *   whole value
 */
export function readEach(props: unknown, path: string): Placed[] {
  const keys = path === "" ? [] : path.split(".");
  return keys.reduce<Placed[]>(
    (placed, key) =>
      placed.flatMap(({ label, reading }) => {
        if (reading.kind !== "known") return [];
        const inners = key === "*" ? keysOf(reading.value) : [key];
        return inners.map((inner) => ({
          label: labelOf(label, inner),
          reading: read(reading.value, [inner]),
        }));
      }),
    [{ label: "", reading: { kind: "known", value: props } }],
  );
}

function keysOf(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => index);
  return isMap(value) ? mapKeys(value) : [];
}

function labelOf(outer: string, key: string | number): string {
  if (typeof key === "number") return `${outer}[${key}]`;
  return outer === "" ? key : `${outer}.${key}`;
}

/** True for an object that is no list. */
export function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The keys of a map, without the one under which the Terraform bridge keeps defaults. */
export function mapKeys(map: object): string[] {
  return Object.keys(map).filter((key) => key !== "__defaults");
}
