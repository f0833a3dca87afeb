/**
 * Whether a deployment may start: `pulumi stack output deployFreezes --json | npm run -s deploy-gate`.
 *
 * Ends with 0 when it may, with 1 when a freeze of the stack's calendar holds, with 2 when it can't tell.
 */
import { readFileSync } from "node:fs";

import type { DeployFreeze } from "../../components/calendar/compile";
import { freezesIn, holdingNow } from "./freezes";

const USAGE = "pulumi stack output deployFreezes --json | npm run -s deploy-gate";

function main(input: string): number {
  const freezes = parseFreezes(input);
  if (freezes === undefined) {
    console.error(
      `The deploy gate can't read the freezes, so nothing may be deployed.\n  got:    ${input.trim()}\n  remedy: ${USAGE}`,
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

process.exitCode = main(readFileSync(0, "utf8"));
