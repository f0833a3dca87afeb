import { parseArgs, type ParseArgsConfig } from "node:util";

import { whatThereIs } from "./nearest";

/** Wrong use, or a file or configuration that has faults: nothing was run. Exit status 2. */
export class UsageError extends Error {}

/** An option that takes a text. */
export const TEXT = { type: "string" } as const;

/** An option that takes nothing. */
export const FLAG = { type: "boolean" } as const;

/** What a command line says, as `parseArgs` gives it. */
export type CommandLine<Options extends NonNullable<ParseArgsConfig["options"]>> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: boolean; options: Options }>
>;

/**
 * Reads a command line; every one has `--help`.
 *
 * @param usage - the command's help: how it is called, then what it does and its options
 * @returns undefined if help was asked for
 * @throws UsageError for what it doesn't allow; of an unknown option, with those that there are
 */
export function readCommandLine<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  usage: string,
  argv: readonly string[],
  options: Options,
  allowPositionals = true,
): CommandLine<Options> | undefined {
  try {
    // Asked for help, whatever else is there doesn't count.
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
