/**
 * Whether a deployment may start: `pulumi stack output deployFreezes --json | npm run -s deploy-gate`.
 *
 * Ends with 0 when it may, with 1 when a freeze of the stack's calendar holds, with 2 when it can't tell.
 */
import { readFileSync } from "node:fs";

import type { DeployFreeze } from "../../components/calendar/compile";
import { holdingAt } from "../../components/calendar/freezes";
import { isTimeZone } from "../../components/calendar/wall-clock";

const USAGE = "pulumi stack output deployFreezes --json | npm run -s deploy-gate";

function main(input: string): number {
  const freezes = parseFreezes(input);
  if (freezes === undefined) {
    console.error(
      `The deploy gate can't read the freezes, so nothing may be deployed.\n  got:    ${input.trim()}\n  remedy: ${USAGE}`,
    );
    return 2;
  }
  const holding = holdingAt(freezes, Math.floor(Date.now() / 60_000));
  for (const { name, until } of holding) console.error(`Deployments are frozen by ${name} until ${until}.`);
  return holding.length > 0 ? 1 : 0;
}

/** Undefined for anything but freezes: a gate that doesn't understand must not open. */
function parseFreezes(input: string): DeployFreeze[] | undefined {
  try {
    const freezes: unknown = JSON.parse(input);
    return Array.isArray(freezes) && freezes.every(isFreeze) ? freezes : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function isFreeze(value: unknown): value is DeployFreeze {
  if (typeof value !== "object" || value === null) return false;
  const { name, timeZone, from, to, recurrence, minutes } = value as Partial<Record<string, unknown>>;
  if (typeof name !== "string" || typeof timeZone !== "string" || !isTimeZone(timeZone)) return false;
  const isTime = (time: unknown): boolean =>
    typeof time === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/.test(time);
  const isCron = typeof recurrence === "string" && /^\d{1,2} \d{1,2} \* \* [0-6](,[0-6])*$/.test(recurrence);
  return (isTime(from) && isTime(to)) || (isCron && Number.isInteger(minutes));
}

process.exitCode = main(readFileSync(0, "utf8"));
