import * as pulumi from "@pulumi/pulumi";

import { type CompiledCalendar, compileCalendar } from "../../components/calendar/compile";
import type { Instant } from "../../components/calendar/wall-clock";
import { PeakCalendar, type UsualWarmPool } from "../../components/calendar/peak-calendar";
import { POOL_STATES } from "../../components/fleet/warm-pool";
import { colourName } from "../../components/colours";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { Context } from "../context";
import type { StoreWatch } from "../monitoring";
import type { Release } from "../release";
import type { Settings } from "../settings";
import { peaksOf } from "./times";

export { constraints } from "./constraints";
export { schema } from "./schema";
export { peaksOf } from "./times";

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

/** The resources that the calendar needs. */
interface CalendarContext extends Context {
  readonly plan: CalendarPlan;
  readonly loadBalancer: LoadBalancer;
  readonly release: Release;
  readonly watch: StoreWatch;
}

/** Declares the resources of a stack's calendar of peaks; none for an empty one. */
export function build(
  { peakCalendar, loadBalancer: { capacityUnits }, fleet: { warmPool } }: Settings,
  { name, tags, plan, loadBalancer, release, watch }: CalendarContext,
): void {
  if (peakCalendar.length === 0) return;
  new PeakCalendar(name, {
    calendar: plan,
    groups: release.fleets.map(({ colour, isLive, fleet }) => ({
      name: fleet.autoScalingGroupName,
      isLive,
      suffix: colourName("", colour),
    })),
    loadBalancerArn: loadBalancer.loadBalancerArn,
    alarmNames: watch.alarmNames,
    capacityUnits: capacityUnits ?? 0,
    warmPool: usualWarmPool(warmPool),
    tags,
  });
}

function usualWarmPool({
  state,
  minSize,
  maxPreparedCapacity,
  reuseOnScaleIn,
}: WarmPool): UsualWarmPool | undefined {
  if (state === "off") return undefined;
  return {
    poolState: POOL_STATES[state],
    minSize,
    maxGroupPreparedCapacity: maxPreparedCapacity ?? -1,
    reuseOnScaleIn,
  };
}
