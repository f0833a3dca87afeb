import { parseArgs, type ParseArgsConfig } from "node:util";

import { whatThereIs } from "./nearest";

/** Wrong usage, or a file or configuration with faults: nothing was run. Exit status 2. */
export class UsageError extends Error {}

/** An option with a value. */
export const TEXT = { type: "string" } as const;

/** An option without a value. */
export const FLAG = { type: "boolean" } as const;

/** A parsed command line, as returned by `parseArgs`. */
export type CommandLine<Options extends NonNullable<ParseArgsConfig["options"]>> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: boolean; options: Options }>
>;

/**
 * Parses a command line; every command has `--help`.
 *
 * @param usage - the command's help: its syntax, then its description and options
 * @returns undefined if help was asked for
 * @throws UsageError for an invalid command line; for an unknown option, it lists the known ones
 */
export function readCommandLine<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  usage: string,
  argv: readonly string[],
  options: Options,
  allowPositionals = true,
): CommandLine<Options> | undefined {
  try {
    // With --help, the other arguments don't matter.
    if (argv.some((word) => word === "--help" || word === "-h")) return undefined;
    return parseArgs({ args: [...argv], allowPositionals, options });
  } catch (error) {
    const [fault = ""] = (error instanceof Error ? error.message : String(error)).split(". To specify");
    const [, unknown] = /Unknown option '(--?[^']+)'/.exec(fault) ?? [];
    const names = Object.keys({ ...options, help: FLAG }).map((name) => `--${name}`);
    const all = unknown === undefined ? "." : `; ${whatThereIs(unknown, "options", names)}`;
    throw new UsageError(`${fault}${all} See ${commandOf(usage)} --help`);
  }
}

/** `npm run probe --` of `npm run probe -- URL [options]`. */
function commandOf(usage: string): string {
  return /^npm run .*? --|^npx \S+/.exec(usage)?.[0] ?? usage;
}
