import { mostInstances } from "../../components/fleet/refresh";
import { mostPrepared } from "../../components/fleet/warm-pool";
import { allSettings } from "../applications/derive";
import { peaksOf } from "../calendar/times";
import type { Settings } from "../settings/schema";

/** The number of addresses for all instances, including waiting ones and those that exist only during a replacement. */
export function addressesNeeded(settings: Settings): number {
  return allSettings(settings).reduce((sum, own) => sum + addressesOf(own), 0);
}

function addressesOf(settings: Settings): number {
  const {
    fleet: { minSize, warmPool },
  } = settings;
  const peaks = peaksOf(settings);
  const usualPool = warmPool.state === "off" ? 0 : warmPool.minSize;
  const peakPool = Math.max(usualPool, ...peaks.map((peak) => peak.warmPoolSize));
  const most = mostInstances(mostPrepared(warmPool, greatestSize(settings)), minSize);
  return filledColours(settings) * most + peakPool - usualPool;
}

/** The maximum number of instances of a colour, including peaks. */
export function greatestSize(settings: Settings): number {
  return Math.max(settings.fleet.maxSize, ...peaksOf(settings).map((peak) => peak.maxSize));
}

export function filledColours({ blueGreen }: Settings): 1 | 2 {
  return blueGreen.enabled && blueGreen.fillIdle ? 2 : 1;
}
