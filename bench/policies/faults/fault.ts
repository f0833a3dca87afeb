import type { JsonResource } from "../../../packages/rehearse/report/json";
import type { Value, Values } from "../../../packages/rehearse/values";

/** One wrong value in one resource. */
export interface Fault {
  readonly from: "table" | "models";
  readonly kind: "required" | "length" | "range" | "count" | "pattern" | "word";
  readonly resource: JsonResource;
  /** The property, such as `rules[0].name`. */
  readonly path: string;
  /** The resource's inputs with the fault. */
  readonly inputs: Values;
  /** The reason why the pack may miss it. */
  readonly why: string;
}

/** Names and positions, outermost first. */
export type Path = readonly (string | number)[];

/** A path in the notation of a program. */
export function written(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
}

/** A copy of a value with another value at a path; undefined removes it. */
export function changed(value: Value | undefined, path: Path, to: Value | undefined): Value {
  const [key, ...rest] = path;
  if (key === undefined) return to ?? null;
  if (Array.isArray(value)) return value.map((inner, at) => (at === key ? changed(inner, rest, to) : inner));
  const object = { ...(value as Values | undefined) };
  if (rest.length === 0 && to === undefined) delete object[key];
  else object[key] = changed(object[key], rest, to);
  return object;
}

/** Numbers from 0 up to, but not including, 1; the same seed gives the same numbers: mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
