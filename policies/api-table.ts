/**
 * The constraints of AWS's API models, in the format that `npm run generate` writes to `api-table.json`. Keys are short
 * and repeated values are stored once, because the pack reads the file at every start.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Minimum and maximum, both included; null if the model sets no bound. */
export type Bounds = readonly [minimum: number | null, maximum: number | null];

/** Constraints of a value and of the values in it. Absent fields mean no restriction. */
export interface Constraints {
  /** Fields of an object. */
  readonly f?: Readonly<Record<string, Field>>;
  /** Exactly one of the fields must be set. */
  readonly u?: 1;
  /** Constraints of the keys of a map, as an index into {@link ApiTable.constraints}. */
  readonly k?: number;
  /** Constraints of the elements of a list, or the values of a map, as such an index. */
  readonly i?: number;
  /** Bounds of the number of elements or entries. */
  readonly n?: Bounds;
  /** Bounds of the number of characters. */
  readonly l?: Bounds;
  /** Bounds of a number. */
  readonly r?: Bounds;
  /** The values allowed, as an index into {@link ApiTable.enums}. */
  readonly e?: number;
  /** The list of values is closed: it is not expected to grow. */
  readonly c?: 1;
  /** The pattern that the whole text must match, as an index into {@link ApiTable.patterns}. */
  readonly p?: number;
  /** The value may be a secret. */
  readonly s?: 1;
}

/** When the provider sends a property. */
export const SENT = {
  /** Only if it is neither empty nor zero. */
  ifNotEmpty: 0,
  /** Whenever it is set. */
  ifSet: 1,
  /** Always: it is required. */
  always: 2,
} as const;

/** A property's index of constraints, name of the member, {@link SENT}, and operation if it is another one. */
export type Field = readonly [constraints: number, member: string, sent: number, operation?: number];

/** The whole table. */
export interface ApiTable {
  /** The source of the table: botocore's version, and its release date as YYYY-MM-DD. */
  readonly botocore: { readonly version: string; readonly released: string };
  /** Operations, each with botocore's name of the service, the API's ID for links, and its own name. */
  readonly operations: readonly (readonly [service: string, api: string, operation: string])[];
  readonly enums: readonly (readonly string[])[];
  /** Regular expressions of JavaScript. */
  readonly patterns: readonly string[];
  readonly constraints: readonly Constraints[];
  /** By type token, the indexes of the operation and of the constraints. */
  readonly types: Readonly<Record<string, readonly [operation: number, constraints: number]>>;
}

/** The path of the table, in the package's own folder. */
export const API_TABLE_PATH = join(
  dirname(require.resolve("@web-store/policies/package.json")),
  "api-table.json",
);

/** Read when the pack is loaded, so that the first resource does not have to wait for it. */
const table = JSON.parse(readFileSync(API_TABLE_PATH, "utf8")) as ApiTable;

/** The table. */
export function apiTable(): ApiTable {
  return table;
}
