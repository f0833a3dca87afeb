import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { whatIsThere } from "../../packages/rehearse/cli/nearest";
import { CliError, type Ended, run, statusOf, type Streams } from "../cli/command";
import { explain, must } from "../cli/faults";
import { placeholders } from "../cli/placeholders";
import { requireStack, stackNamed } from "../cli/stacks";
import { freezesIn, holdingNow } from "../deploy-gate/freezes";
import { followRelease, type Release } from "../refreshes/follow";
import { noteGroups } from "../refreshes/groups";
import { LIMITS, type Limits } from "../refreshes/watch";

const USAGE = `npm run -s deploy -- STACK [options]

Deploys a stack the way CI does. The deploy gate comes first, then a preview with the policies (in up, stack rules come too
late), then up with the reviewed plan or the preview's plan. Then it watches the instance refreshes that this started: the
deployment is complete when all instances run the new version.

  --plan FILE           the reviewed plan, from pulumi preview --save-plan (default: the preview's plan)
  --wait-only           only watch the refreshes, after an interruption or a manual up
  --during-freeze TEXT  deploy during a freeze, with this reason
  --refresh-minutes M   minutes that refreshes may take (default: ${LIMITS.refreshMinutes})
  --interval-seconds S  seconds between checks of the refreshes (default: ${LIMITS.intervalSeconds})
  --help                print this help

Exit status: 0 deployed, 1 refused or failed (failed instances were rolled back), 2 not started, 3 neither release is
complete, 130 stopped before its end.`;
const EXIT: Readonly<Record<Release, number>> = { out: 0, back: 1, stuck: 3, stopped: 130 };
/** Plans are an experimental feature of Pulumi: https://www.pulumi.com/docs/iac/concepts/update-plans/ */
const env = { PULUMI_EXPERIMENTAL: "true" };

interface Options {
  readonly stack: string;
  readonly plan: string | undefined;
  readonly duringFreeze: string | undefined;
  readonly waitOnly: boolean;
  readonly limits: Limits;
}

/**
 * Runs the command line.
 *
 * @returns the exit status
 */
export function deploy(argv: readonly string[], streams: Streams): Promise<number> {
  return statusOf("deploy", () => deployed(argv, streams), streams);
}

async function deployed(argv: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    stdout.write(`${USAGE}\n`);
    return 0;
  }
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const { stack, duringFreeze, waitOnly, limits } = options;
  const left = waitOnly ? undefined : placeholders(stack);
  if (left !== undefined) throw new CliError(left);
  if (!waitOnly) await askGate(stack, duringFreeze, say);
  // Without access to AWS, the result of a deployment couldn't be watched.
  const noted = await noteGroups(stack, !waitOnly);
  if (noted.size === 0) await must("aws", ["--version"]);
  const updated = waitOnly ? true : await update(options, { stderr });
  if (updated === undefined) return 1;
  // A failed up may have started to replace instances.
  const release = await followRelease(stack, noted, say, limits);
  const status = EXIT[release];
  if (status === 0 && updated) {
    stdout.write(`${stack} is deployed.\n`);
    return 0;
  }
  say(`${stack} is not deployed.`);
  return status === 0 ? 1 : status;
}

/** Previews and updates a stack. Returns whether the update succeeded; undefined if it didn't start. */
async function update(
  { stack, plan }: Options,
  { stderr }: Pick<Streams, "stderr">,
): Promise<boolean | undefined> {
  const common = ["--stack", stack, "--non-interactive", "--policy-pack", "policies"];
  const folder = mkdtempSync(join(tmpdir(), "deploy-"));
  // Ctrl-C in a terminal also reaches Pulumi, which finishes its current operations: this waits for that.
  const wait = (): void =>
    void stderr.write("Stopping: waiting for Pulumi to finish its current operations.\n");
  const failed = <Result>(what: string, ended: Ended, result: Result): Result => {
    stderr.write(`${explain(what, ended)}\n`);
    return result;
  };
  process.on("SIGINT", wait).on("SIGTERM", wait);
  try {
    const saved = plan ?? join(folder, "plan.json");
    if (plan === undefined) {
      const preview = await run("pulumi", ["preview", ...common, "--save-plan", saved], {
        env,
        show: stderr,
      });
      if (preview.status !== 0) return failed(`the preview of ${stack}`, preview, undefined);
    }
    const up = await run("pulumi", ["up", ...common, "--yes", "--plan", saved], { env, show: stderr });
    return up.status === 0 ? true : failed(`the deployment of ${stack}`, up, false);
  } finally {
    process.off("SIGINT", wait).off("SIGTERM", wait);
    rmSync(folder, { recursive: true });
  }
}

/** @throws CliError during a freeze, or if the freezes can't be read */
async function askGate(
  stack: string,
  duringFreeze: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const outputs = JSON.parse(await must("pulumi", ["stack", "output", "--json", "--stack", stack])) as {
    readonly deployFreezes?: unknown;
  };
  // A stack that was never deployed has no outputs, and no freeze.
  if (Object.keys(outputs).length === 0) return;
  const freezes = freezesIn(outputs.deployFreezes);
  if (freezes === undefined)
    throw new CliError(`${stack}'s output "deployFreezes" can't be read: is it a stack of this project?`);
  const [says] = holdingNow(freezes);
  if (says === undefined) return;
  if (duringFreeze === undefined)
    throw new CliError(`${says}\n  remedy: wait, or give a reason to deploy now: --during-freeze "REASON"`);
  say(`${says} Deploying anyway: ${duringFreeze}`);
}

/**
 * Undefined if help was asked for.
 *
 * @throws UsageError naming all faults
 */
function readOptions(argv: readonly string[]): Options | undefined {
  const line = readCommandLine(USAGE, argv, {
    plan: TEXT,
    "wait-only": FLAG,
    "during-freeze": TEXT,
    "refresh-minutes": TEXT,
    "interval-seconds": TEXT,
  });
  if (line === undefined) return undefined;
  const { values, positionals } = line;
  const reader = new OptionReader(values, "deploy");
  const stack = stackNamed(positionals, "npm run -s deploy -- prod", reader);
  if (stack !== "") requireStack(stack);
  const { plan, "wait-only": waitOnly = false, "during-freeze": duringFreeze } = values;
  if (plan !== undefined && !existsSync(plan))
    reader.refuse(`there is no plan ${plan}; ${whatIsThere(plan)}`);
  if (plan !== undefined && waitOnly) reader.refuse("--plan and --wait-only exclude each other");
  if (duringFreeze?.trim() === "") reader.refuse("--during-freeze needs a reason");
  const { refreshMinutes, intervalSeconds } = LIMITS;
  const limits = {
    refreshMinutes: reader.whole("refresh-minutes", { from: 0, to: 9999, fallback: refreshMinutes }),
    intervalSeconds: reader.whole("interval-seconds", { from: 1, to: 9999, fallback: intervalSeconds }),
  };
  const options = { stack, plan, duringFreeze, waitOnly, limits };
  return reader.finish(options, "See npm run -s deploy -- --help");
}
