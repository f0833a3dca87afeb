import { PeakCalendar, type UsualWarmPool } from "../../components/calendar/peak-calendar";
import { POOL_STATES } from "../../components/fleet/warm-pool";
import { colourName } from "../../components/colours";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { Context } from "../context";
import type { StoreWatch } from "../monitoring";
import type { Release } from "../release";
import type { Settings } from "../settings/schema";
import type { CalendarPlan } from "./plan";

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
}: Settings["fleet"]["warmPool"]): UsualWarmPool | undefined {
  if (state === "off") return undefined;
  return {
    poolState: POOL_STATES[state],
    minSize,
    maxGroupPreparedCapacity: maxPreparedCapacity ?? -1,
    reuseOnScaleIn,
  };
}
