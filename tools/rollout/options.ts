import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { requireStack, stackNamed } from "../cli/stacks";

export const USAGE = `npm run rollout -- STACK --to COLOUR [options] [-- options of the probe]

Moves visitors to a colour step by step: fill it, 10, 50, 100 %, make it live. Each step sets the weights in the stack's
configuration, runs pulumi up and waits for the instance refreshes that it began. Once filled, a colour runs the release
command on one instance, if there is one and it hasn't run for this release. After each step the rollout watches alarms and the probe; at
the first failure it moves all visitors back. If it is stopped in between, start it again: it continues where the stack is.

  --to COLOUR          blue or green
  --back               move all visitors to the live colour, at once
  --steps P,P,…        shares in percent (default: 10,50,100)
  --bake-minutes M     minutes to watch after each step (default: the stack's blueGreen.bakeMinutes)
  --interval-seconds S seconds between two looks at the alarms (default: 30)
  --command-again      run the release command, blueGreen.releaseCommand, although it has run for this release
  --without-alarms     continue although the stack has none
  --dry-run            show what each step would do, by the rehearsal: no CLI, no AWS
  --config-file FILE   the stack file of a dry run (default: Pulumi.<stack>.yaml)
  --help               print this help

Exit status: 0 done, 1 something failed and all visitors are with the live colour, 2 not begun, or stopped with nothing changed,
3 the return failed too: look at once, 130 stopped while instances were replaced: start it again.`;

export type Colour = "blue" | "green";

/** The validated command line. */
export interface Options {
  readonly stack: string;
  /** Undefined with --back. */
  readonly to: Colour | undefined;
  /** Rising percentages, ending with 100. */
  readonly steps: readonly number[];
  readonly bakeMinutes: number | undefined;
  readonly intervalSeconds: number;
  readonly withoutAlarms: boolean;
  readonly commandAgain: boolean;
  readonly dryRun: boolean;
  readonly configFile: string | undefined;
  readonly probe: readonly string[];
}

/**
 * Reads the command line.
 *
 * @returns undefined if help was asked for
 * @throws UsageError naming all faults
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const end = argv.indexOf("--");
  const [own, probe] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  const line = readCommandLine(USAGE, own, {
    to: TEXT,
    back: FLAG,
    steps: TEXT,
    "bake-minutes": TEXT,
    "interval-seconds": TEXT,
    "command-again": FLAG,
    "without-alarms": FLAG,
    "dry-run": FLAG,
    "config-file": TEXT,
  });
  if (line === undefined) return undefined;
  const { values, positionals } = line;
  const reader = new OptionReader(values, "rollout");
  const stack = stackNamed(positionals, "npm run rollout -- prod --to green", reader);
  if (stack !== "" && !/^[\w./-]{1,200}$/.test(stack)) reader.refuse(`"${stack}" is not a stack name`);
  else if (stack !== "" && values["config-file"] === undefined) requireStack(stack);
  const { to, back = false, "dry-run": dryRun = false, "config-file": configFile } = values;
  if (back && to !== undefined) reader.refuse("--back and --to exclude each other");
  if (!back && to !== "blue" && to !== "green")
    reader.refuse(`--to is ${to === undefined ? "missing" : `"${to}"`}; it must be blue or green`);
  const steps = readSteps(values.steps ?? "10,50,100", reader);
  const options = {
    stack,
    to: to as Colour | undefined,
    steps,
    bakeMinutes: reader.whole("bake-minutes", { from: 0, to: 10_080, fallback: undefined }),
    intervalSeconds: reader.whole("interval-seconds", { from: 1, to: 600, fallback: 30 }),
    withoutAlarms: values["without-alarms"] ?? false,
    commandAgain: values["command-again"] ?? false,
    dryRun,
    configFile,
    probe,
  };
  if (dryRun && back) reader.refuse("--dry-run shows the steps of --to; --back has only one step");
  if (configFile !== undefined && !dryRun)
    reader.refuse("--config-file is for --dry-run: a deployment uses the stack's own file");
  return reader.finish(options, "See npm run rollout -- --help");
}

function readSteps(given: string, reader: OptionReader<string>): number[] {
  const texts = given.split(",");
  const steps = texts.map(Number);
  const isRising = steps.every((step, index) => step > (steps[index - 1] ?? 0));
  if (!texts.every((text) => /^\d{1,3}$/.test(text)) || !isRising || steps.at(-1) !== 100)
    reader.refuse(`--steps is "${given}"; it must be rising whole percents up to 100, such as 10,50,100`);
  return steps;
}
