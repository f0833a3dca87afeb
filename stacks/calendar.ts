import * as pulumi from "@pulumi/pulumi";

import { compileCalendar, type DeployFreeze } from "../components/calendar/compile";
import { PeakCalendar, type PeakCalendarArgs, type UsualWarmPool } from "../components/peak-calendar";
import { POOL_STATES } from "../components/warm-pool";
import type { Settings } from "./definitions";

/** The only clock of the program. Today decides what of the calendar is over, and nothing else. */
const clock = {
  /** Today in UTC, as `YYYY-MM-DD`: no finer, so that two previews on one day show the same. */
  today: (): string => new Date().toISOString().slice(0, 10),
};

/**
 * Declares what a stack's calendar of peaks asks for; nothing for an empty one.
 *
 * @returns when the deploy gate shall hold deployments back, for it to read; the program doesn't
 */
export function buildCalendar(
  name: string,
  { peakCalendar, minSize, maxSize, capacityUnits, warmPool }: Settings,
  args: Omit<PeakCalendarArgs, "calendar" | "capacityUnits" | "warmPool">,
): readonly DeployFreeze[] {
  if (peakCalendar.length === 0) return [];
  const calendar = compileCalendar(peakCalendar, { minSize, maxSize }, clock.today());
  for (const warning of calendar.warnings) void pulumi.log.warn(warning);
  new PeakCalendar(name, { ...args, calendar, capacityUnits, warmPool: usualWarmPool(warmPool) });
  return calendar.deployFreezes;
}

function usualWarmPool({
  state,
  minSize,
  maxPreparedCapacity,
  reuseOnScaleIn,
}: Settings["warmPool"]): UsualWarmPool | undefined {
  if (state === "off") return undefined;
  return {
    poolState: POOL_STATES[state],
    minSize,
    maxGroupPreparedCapacity: maxPreparedCapacity === 0 ? -1 : maxPreparedCapacity,
    reuseOnScaleIn,
  };
}
