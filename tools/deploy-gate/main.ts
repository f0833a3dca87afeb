import { readFileSync } from "node:fs";

import type { DeployFreeze } from "../../components/calendar/compile";
import { readCommandLine } from "../../packages/rehearse/cli/command-line";
import { runTool } from "../cli/command";
import { freezesIn, holdingNow } from "./freezes";

const REMEDY = "pulumi stack output deployFreezes --json | npm run -s deploy-gate";
const USAGE = `npm run -s deploy-gate --

Checks whether a deployment may start: ${REMEDY}

  --help  print this help

Exit status: 0 it may start, 1 a freeze of the stack's calendar is in force, 2 the freezes can't be read.`;

function main(input: string): number {
  const freezes = parseFreezes(input);
  if (freezes === undefined) {
    console.error(
      `The deploy gate can't read the freezes, so nothing may be deployed.\n  got:    ${input.trim()}\n  remedy: ${REMEDY}`,
    );
    return 2;
  }
  const holding = holdingNow(freezes);
  for (const line of holding) console.error(line);
  return holding.length > 0 ? 1 : 0;
}

function parseFreezes(input: string): readonly DeployFreeze[] | undefined {
  try {
    return freezesIn(JSON.parse(input));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

runTool("deploy-gate", async () => {
  if (readCommandLine(USAGE, process.argv.slice(2), {}, false) !== undefined)
    return main(readFileSync(0, "utf8"));
  console.log(USAGE);
  return 0;
});
