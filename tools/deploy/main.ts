/**
 * Deploys a stack the way CI does: `npm run -s deploy -- STACK [--plan FILE] [--during-freeze REASON]`.
 *
 * The deploy gate first, then a preview with the policies (its stack rules come too late in `up`), then `up` by the plan:
 * the reviewed one, or the preview's. Ends with 0 when deployed, 1 when refused or failed, 2 when it didn't begin.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { parseFault } from "../cli/arguments";
import { CliError, run, runTool } from "../cli/command";
import { explain, must } from "../cli/faults";
import { freezesIn, holdingNow } from "../deploy-gate/freezes";

const USAGE = "npm run -s deploy -- STACK [--plan FILE] [--during-freeze REASON]";
/** Plans are an experiment of Pulumi's: https://www.pulumi.com/docs/iac/concepts/update-plans/ */
const env = { PULUMI_EXPERIMENTAL: "true" };

interface Options {
  readonly stack: string;
  readonly plan: string | undefined;
  readonly duringFreeze: string | undefined;
}

runTool("deploy", async () => {
  const { stack, plan, duringFreeze } = readOptions(process.argv.slice(2));
  await askGate(stack, duringFreeze);
  const common = ["--stack", stack, "--non-interactive", "--policy-pack", "policies"];
  const folder = mkdtempSync(join(tmpdir(), "deploy-"));
  try {
    const saved = plan ?? join(folder, "plan.json");
    if (plan === undefined) {
      const preview = await run("pulumi", ["preview", ...common, "--save-plan", saved], { env, show: true });
      if (preview.status !== 0) return failed(`the preview of ${stack}`, preview);
    }
    const up = await run("pulumi", ["up", ...common, "--yes", "--plan", saved], { env, show: true });
    if (up.status !== 0) return failed(`the deployment of ${stack}`, up);
    console.log(`${stack} is deployed.`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function failed(...[what, ended]: Parameters<typeof explain>): number {
  console.error(explain(what, ended));
  return 1;
}

/** @throws CliError while a freeze holds, or if it can't be told */
async function askGate(stack: string, duringFreeze: string | undefined): Promise<void> {
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
    throw new CliError(`${says}\n  remedy: wait, or say why it can't: --during-freeze "REASON"`);
  console.error(`${says} Deployed all the same: ${duringFreeze}`);
}

/** @throws CliError naming every fault */
function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  const [stack = "", ...others] = positionals;
  const faults = [
    ...(stack === "" || others.length > 0
      ? [`one stack has to be named, and ${positionals.length} are`]
      : []),
    ...(values.plan === undefined || existsSync(values.plan) ? [] : [`there is no plan ${values.plan}`]),
    ...(values["during-freeze"]?.trim() === "" ? ["--during-freeze needs a reason"] : []),
  ];
  if (faults.length > 0) throw new CliError(`${faults.join("\n")}\n  usage: ${USAGE}`);
  return { stack, plan: values.plan, duringFreeze: values["during-freeze"] };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { plan: text, "during-freeze": text },
    });
  } catch (error) {
    throw new CliError(`${parseFault(error)}\n  usage: ${USAGE}`);
  }
}
