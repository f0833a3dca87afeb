import * as pulumi from "@pulumi/pulumi";

import { type CompiledCalendar, compileCalendar } from "../../components/calendar/compile";
import type { Instant } from "../../components/calendar/wall-clock";
import type { Settings } from "../settings/schema";
import { peaksOf } from "./times";

/** The only clock of the program. It decides only which peaks of the calendar have begun or are over. */
const clock = {
  /** Whole minutes since 1970, because peaks begin and end on a minute. */
  now: (): Instant => Math.floor(Date.now() / 60_000),
};

type WarmPool = Settings["fleet"]["warmPool"];

/** A stack's calendar at the time of a deployment. */
export interface CalendarPlan extends CompiledCalendar {
  /** The current sizes: those of the peak with dates that has begun, or else the stack's. */
  readonly current: Pick<Settings["fleet"], "minSize" | "maxSize" | "warmPool"> &
    Pick<Settings["loadBalancer"], "capacityUnits">;
}

/** Evaluates a stack's calendar at the current time, and warns of peaks that are over. */
export function planCalendar(settings: Settings): CalendarPlan {
  const {
    fleet: { minSize, maxSize, warmPool },
    loadBalancer: { capacityUnits },
  } = settings;
  const calendar = compileCalendar(peaksOf(settings), settings.fleet, clock.now());
  for (const warning of calendar.warnings) void pulumi.log.warn(warning);
  const { atOnce } = calendar;
  return {
    ...calendar,
    current: {
      minSize: atOnce.minSize ?? minSize,
      maxSize: atOnce.maxSize ?? maxSize,
      capacityUnits: atOnce.capacityUnits ?? capacityUnits,
      warmPool: atOnce.warmPoolSize === undefined ? warmPool : peakWarmPool(warmPool, atOnce.warmPoolSize),
    },
  };
}

/** The warm pool that the calls at the start of a peak create, as a setting. */
function peakWarmPool(usual: WarmPool, minSize: number): WarmPool {
  if (usual.state !== "off") return { ...usual, minSize };
  return { state: "stopped", minSize, maxPreparedCapacity: minSize, reuseOnScaleIn: false };
}
