import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { UsageError } from "./command-line";

/** The allowed values of a number. */
interface Bounds<Fallback extends number | undefined> {
  readonly from: number;
  readonly to: number;
  /** The value if the option isn't given. */
  readonly fallback: Fallback;
  /** The unit, in the plural. @default none */
  readonly unit?: string;
}

/** A list of alternatives, in words. */
const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** Reads the values of options. It collects the faults, and {@link finish} reports them together. */
export class OptionReader<Name extends string> {
  private readonly violations: string[] = [];
  private readonly folder: string;

  /**
   * @param values - the options by name, as returned by `parseArgs`
   * @param script - the npm script of the command: npm runs it in the project, and passes the caller's folder in
   *   `INIT_CWD`
   */
  constructor(
    private readonly values: { readonly [Option in Name]?: unknown },
    script: string,
  ) {
    const { npm_lifecycle_event: running, INIT_CWD: caller } = process.env;
    this.folder = running === script && caller ? caller : process.cwd();
  }

  /** Resolves a path from the caller's folder. */
  readonly path = (given: string): string => resolve(this.folder, given);

  /** Records a fault. */
  refuse(violation: string): void {
    this.violations.push(violation);
  }

  /** The result of a reader; undefined if it refuses its file, which is recorded. */
  read<Content>(reader: () => Content): Content | undefined {
    try {
      return reader();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.refuse(error.message);
      return undefined;
    }
  }

  /** A whole number; NaN if it is invalid. */
  whole<Fallback extends number | undefined>(name: Name, bounds: Bounds<Fallback>): number | Fallback {
    return this.numberLike(name, bounds, "whole number", /^\d+$/);
  }

  /** A decimal number; NaN if it is invalid. */
  decimal<Fallback extends number | undefined>(name: Name, bounds: Bounds<Fallback>): number | Fallback {
    return this.numberLike(name, bounds, "number", /^\d*\.?\d+$/);
  }

  private numberLike<Fallback extends number | undefined>(
    name: Name,
    { from, to, fallback, unit }: Bounds<Fallback>,
    kind: string,
    form: RegExp,
  ): number | Fallback {
    const given = this.text(name);
    if (given === undefined) return fallback;
    const value = form.test(given) ? Number(given) : NaN;
    if (value >= from && value <= to) return value;
    const of = unit === undefined ? "" : ` of ${unit}`;
    const example = fallback === undefined ? "" : `, such as ${fallback}`;
    this.refuse(`--${name} is "${given}"; it must be a ${kind}${of} from ${from} to ${to}${example}`);
    return NaN;
  }

  /** One of several words; the fallback also if it is invalid. */
  oneOf<const Word extends string>(name: Name, words: readonly Word[], fallback: NoInfer<Word>): Word {
    const given = this.text(name) ?? fallback;
    const word = words.find((one) => one === given);
    if (word === undefined) this.refuse(`--${name} is "${given}"; it must be ${OR.format(words)}`);
    return word ?? fallback;
  }

  /** A URL path; undefined if the option isn't given. */
  urlPath(name: Name): string | undefined {
    const given = this.text(name);
    if (given !== undefined && !/^\/[\x21-\x7e]{0,1000}$/.test(given))
      this.refuse(`--${name} is "${given}"; it must be a path that begins with /`);
    return given;
  }

  /** A file in an existing folder; undefined if the option isn't given. */
  fileToWrite(name: Name): string | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    const file = this.path(given);
    const fault = faultOf(file);
    if (fault !== undefined) this.refuse(`--${name} ${file}: ${fault}`);
    return file;
  }

  /**
   * Returns the options, if there are no faults.
   *
   * @param options - undefined only if {@link read} refused something
   * @param seeAlso - the last line of the error. @default none
   * @throws UsageError with a line for each violation
   */
  finish<Options>(options: Options | undefined, seeAlso?: string): Options {
    if (options !== undefined && this.violations.length === 0) return options;
    throw new UsageError([...this.violations, ...(seeAlso === undefined ? [] : [seeAlso])].join("\n"));
  }

  private text(name: Name): string | undefined {
    const value: unknown = this.values[name];
    return typeof value === "string" ? value : undefined;
  }
}

/** Why a file can't be written; undefined if it can. */
function faultOf(file: string): string | undefined {
  const folder = dirname(file);
  if (!existsSync(folder)) return `the folder ${folder} doesn't exist; create it, or name another file`;
  if (!statSync(folder).isDirectory()) return `${folder} is not a folder; name another file`;
  const isThere = existsSync(file);
  if (isThere && statSync(file).isDirectory()) return "that is a folder; name a file";
  const place = isThere ? file : folder;
  return isWritable(place)
    ? undefined
    : `you can't write to ${place}; name another file, or change its permissions`;
}

/** Whether the user may write to a file or folder that exists. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
