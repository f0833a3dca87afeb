/**
 * What AWS's API models allow, as `npm run generate` writes it into `api-table.json`. Its keys are short and what
 * repeats is there once, because the pack reads it whenever it starts.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Least and most, both included; null where the model sets no bound. */
export type Bounds = readonly [minimum: number | null, maximum: number | null];

/** What a value must be like, and the values in it. All that is left out is not restricted. */
export interface Constraints {
  /** Fields of an object. */
  readonly f?: Readonly<Record<string, Field>>;
  /** Exactly one of the fields is given. */
  readonly u?: 1;
  /** The keys of a map, as a position in {@link ApiTable.constraints}. */
  readonly k?: number;
  /** The elements of a list, or the values of a map, as such a position. */
  readonly i?: number;
  /** How many elements or entries. */
  readonly n?: Bounds;
  /** How many characters. */
  readonly l?: Bounds;
  /** How large a number. */
  readonly r?: Bounds;
  /** The words allowed, as a position in {@link ApiTable.enums}. */
  readonly e?: number;
  /** There are no other words, and there will be none soon. */
  readonly c?: 1;
  /** What the whole text must match, as a position in {@link ApiTable.patterns}. */
  readonly p?: number;
  /** The value may be a secret. */
  readonly s?: 1;
}

/** How a property is sent. */
export const SENT = {
  /** Left out if it is empty, zero or not set. */
  ifNotEmpty: 0,
  /** Whenever it is set. */
  ifSet: 1,
  /** Always: it is required. */
  always: 2,
} as const;

/** A property and what becomes of it: where its constraints are, the member's name, {@link SENT}, other operation. */
export type Field = readonly [constraints: number, member: string, sent: number, operation?: number];

/** The whole table. */
export interface ApiTable {
  /** What it was made from: botocore's version, and the day of its release as YYYY-MM-DD. */
  readonly botocore: { readonly version: string; readonly released: string };
  /** By service as botocore names it, id of the API for links, and name. */
  readonly operations: readonly (readonly [service: string, api: string, operation: string])[];
  readonly enums: readonly (readonly string[])[];
  /** Regular expressions of JavaScript. */
  readonly patterns: readonly string[];
  readonly constraints: readonly Constraints[];
  /** By type token: positions of the operation and of the constraints. */
  readonly types: Readonly<Record<string, readonly [operation: number, constraints: number]>>;
}

/** Where the table is: in the package's own folder, wherever that is installed. */
export const API_TABLE_PATH = join(
  dirname(require.resolve("@web-store/policies/package.json")),
  "api-table.json",
);

/** Read as the pack is loaded: the first resource that it is asked about needn't wait for it. */
const table = JSON.parse(readFileSync(API_TABLE_PATH, "utf8")) as ApiTable;

/** The table. */
export function apiTable(): ApiTable {
  return table;
}
