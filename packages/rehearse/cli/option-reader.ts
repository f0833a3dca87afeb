import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { UsageError } from "./command-line";

/** What a number may be. */
interface Bounds<Fallback extends number | undefined> {
  readonly from: number;
  readonly to: number;
  /** What it is where the option isn't given. */
  readonly fallback: Fallback;
  /** What is counted, in the plural. @default not said */
  readonly unit?: string;
}

/** A list of alternatives, as a sentence has it. */
const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** Reads what options say. What is wrong with them is collected, and told at once by {@link finish}. */
export class OptionReader<Name extends string> {
  private readonly violations: string[] = [];
  private readonly folder: string;

  /**
   * @param values - the options by their names, as `parseArgs` gives them
   * @param script - npm's script of the command: npm starts it in the project, and tells in `INIT_CWD` where the caller is
   */
  constructor(
    private readonly values: { readonly [Option in Name]?: unknown },
    script: string,
  ) {
    const { npm_lifecycle_event: running, INIT_CWD: caller } = process.env;
    this.folder = running === script && caller ? caller : process.cwd();
  }

  /** A path from the folder in which the caller is. */
  readonly path = (given: string): string => resolve(this.folder, given);

  /** Keeps what is wrong. */
  refuse(violation: string): void {
    this.violations.push(violation);
  }

  /** What a reader of a file makes of it; undefined where it refuses it, which is kept. */
  read<Content>(reader: () => Content): Content | undefined {
    try {
      return reader();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.refuse(error.message);
      return undefined;
    }
  }

  /** A whole number; NaN where it is wrong. */
  whole<Fallback extends number | undefined>(name: Name, bounds: Bounds<Fallback>): number | Fallback {
    return this.numberLike(name, bounds, "whole number", /^\d+$/);
  }

  /** A number with decimals; NaN where it is wrong. */
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

  /** One of several words; the fallback where it is wrong, too. */
  oneOf<const Word extends string>(name: Name, words: readonly Word[], fallback: NoInfer<Word>): Word {
    const given = this.text(name) ?? fallback;
    const word = words.find((one) => one === given);
    if (word === undefined) this.refuse(`--${name} is "${given}"; it must be ${OR.format(words)}`);
    return word ?? fallback;
  }

  /** The path of a URL; undefined where the option isn't given. */
  urlPath(name: Name): string | undefined {
    const given = this.text(name);
    if (given !== undefined && !/^\/[\x21-\x7e]{0,1000}$/.test(given))
      this.refuse(`--${name} is "${given}"; it must be a path that begins with /`);
    return given;
  }

  /** A file whose folder is there; undefined where the option isn't given. */
  fileToWrite(name: Name): string | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    const file = this.path(given);
    if (!existsSync(dirname(file)))
      this.refuse(`--${name} ${file}: the folder ${dirname(file)} doesn't exist`);
    return file;
  }

  /**
   * What was read, where nothing is wrong.
   *
   * @param options - undefined only if {@link read} refused something
   * @param seeAlso - what the last line of the error says. @default none
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
