import type { DeployFreeze } from "../../components/calendar/compile";
import { holdingAt } from "../../components/calendar/freezes";
import { isTimeZone } from "../../components/calendar/wall-clock";

/**
 * The output `deployFreezes`; undefined for any other value: the gate must stay closed if it can't read the freezes.
 */
export function freezesIn(output: unknown): readonly DeployFreeze[] | undefined {
  return Array.isArray(output) && output.every(isFreeze) ? output : undefined;
}

/** A line for each current freeze. */
export function holdingNow(freezes: readonly DeployFreeze[]): string[] {
  const holding = holdingAt(freezes, Math.floor(Date.now() / 60_000));
  return holding.map(({ name, until }) => `Deployments are frozen by ${name} until ${until}.`);
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
