import type { DeployFreeze } from "./compile";
import { DAY, HOUR, type Instant, isoOf, type MinuteOfWeek } from "./wall-clock";
import { times } from "./windows";

/** A freeze that is in effect. */
export interface Holding {
  readonly name: string;
  /** When it ends, in UTC. */
  readonly until: string;
}

/** The freezes in effect at an instant. Only the deploy gate calls this. */
export function holdingAt(freezes: readonly DeployFreeze[], instant: Instant): Holding[] {
  return freezes.flatMap((freeze) => {
    const now = isoOf(instant);
    if ("from" in freeze)
      return freeze.from <= now && now < freeze.to ? [{ name: freeze.name, until: freeze.to }] : [];
    const { name, timeZone, recurrence, minutes } = freeze;
    const begun = beginsOf(recurrence).flatMap((begin) =>
      times(begin, timeZone, instant - minutes + 1, instant),
    );
    return begun.length === 0 ? [] : [{ name, until: isoOf(Math.max(...begun) + minutes) }];
  });
}

/** The times of the week that match a cron expression such as `30 17 * * 5,6`. */
function beginsOf(recurrence: string): MinuteOfWeek[] {
  const [minute, hour, , , days = ""] = recurrence.split(" ");
  return days.split(",").map((day) => Number(day) * DAY + Number(hour) * HOUR + Number(minute));
}
