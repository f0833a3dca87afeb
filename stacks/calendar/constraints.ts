import { type Levels, levelsOf } from "../../components/calendar/levels";
import { type Overlap, overlapsOf } from "../../components/calendar/overlaps";
import { DAY, isoOf, WEEKDAYS } from "../../components/calendar/wall-clock";
import { CAPACITIES, datedWindows, isWeekly } from "../../components/calendar/windows";
import {
  datedWhileClocksChange,
  isSound,
  neverOrTwiceDefined,
  type PeakViolation,
  startsAtItsEnd,
  weeklyWhileClocksChange,
  peaksOf,
  type StackPeak as Peak,
} from "./times";
import { leastSize } from "../fleet/constraints";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints of planned peaks. None depends on the current date, so that a valid calendar stays valid. */
export const constraints: readonly Constraint[] = [
  ofEach(namedTwice),
  ofEach(setsNothing),
  ofEach(neverOrTwiceDefined),
  ofEach(startsAtItsEnd),
  ofEach(datedWhileClocksChange),
  ofEach(weeklyWhileClocksChange),
  ofEach(sizesOutOfOrder),
  ofEach(leadTooShort),
  ofEach(peakAboveMin),
  ofEach(mutedTooLong),
  ofEach(poolOnSpot),
  overlapping,
  neverUsual,
  tooManyActions,
  tooManyDecreases,
];

function ofEach(judge: (peak: Peak, settings: Settings, index: number) => PeakViolation[]): Constraint {
  return (settings) =>
    peaksOf(settings).flatMap((peak, index) =>
      judge(peak, settings, index).map((violation) => ({
        ...violation,
        at: `peakCalendar[${index}]${violation.at}`,
      })),
    );
}

function namedTwice({ name }: Peak, { peakCalendar = [] }: Settings, index: number): PeakViolation[] {
  if (peakCalendar.findIndex((peak) => peak.name === name) === index) return [];
  return [{ at: ".name", allowed: "a name that no other peak has", remedy: "rename one, or merge the two" }];
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html (limitations) */
function poolOnSpot({ warmPoolSize }: Peak, { fleet: { spot } }: Settings): PeakViolation[] {
  if (warmPoolSize === 0 || spot.percent === 0) return [];
  return [
    {
      at: ".warmPoolSize",
      allowed: `no value while fleet.spot.percent is ${spot.percent}: a group with Spot Instances has no warm pool`,
      remedy: "remove warmPoolSize and raise minSize, or set fleet.spot.percent to 0",
    },
  ];
}

function setsNothing(peak: Peak): PeakViolation[] {
  if (CAPACITIES.some((capacity) => peak[capacity] > 0)) return [];
  if (peak.freezeDeploys || peak.muteAlarms.length > 0) return [];
  return [
    {
      at: ".name",
      allowed: `a peak that sets something: ${CAPACITIES.join(", ")}, freezeDeploys or muteAlarms`,
      remedy: `set what ${peak.name} needs, such as minSize, or remove it`,
    },
  ];
}

function sizesOutOfOrder(peak: Peak, { fleet: { minSize, maxSize } }: Settings): PeakViolation[] {
  const violations: PeakViolation[] = [];
  const most = peak.maxSize || maxSize;
  const which = peak.maxSize > 0 ? "the peak's maxSize" : "fleet.maxSize";
  if (peak.minSize > most) {
    violations.push({
      at: ".minSize",
      allowed: `at most ${which}, ${most}`,
      remedy: `lower it to ${most}, or give the peak maxSize: ${peak.minSize}`,
    });
  }
  if (peak.minSize > 0 && peak.minSize < minSize) {
    violations.push({
      at: ".minSize",
      allowed: `no value, or at least fleet.minSize, ${minSize}: a peak does not reduce capacity`,
      remedy: `raise it to ${minSize}, or remove it`,
    });
  }
  if (peak.maxSize > 0 && peak.maxSize < maxSize) {
    violations.push({
      at: ".maxSize",
      allowed: `no value, or at least fleet.maxSize, ${maxSize}: instances above it would be terminated as the peak begins`,
      remedy: `raise it to ${maxSize}, or remove it`,
    });
  }
  return violations;
}

function leadTooShort({ minSize, leadMinutes }: Peak, { fleet: { bootSeconds } }: Settings): PeakViolation[] {
  if (minSize === 0 || leadMinutes * 60 >= bootSeconds) return [];
  const least = Math.ceil(bootSeconds / 60);
  return [
    {
      at: ".leadMinutes",
      allowed: `at least ${least}: an instance needs fleet.bootSeconds, ${bootSeconds}, until it serves`,
      remedy: `raise it to ${least} or more; AWS starts many instances one after another`,
    },
  ];
}

/**
 * The instances that run when a zone is lost must be enough: new ones take at least `bootSeconds`, and are in demand.
 */
function peakAboveMin(peak: Peak, settings: Settings): PeakViolation[] {
  const {
    fleet: { requestsPerTargetPerMinute: each, minSize },
    network: { availabilityZones },
  } = settings;
  const { peakRequestsPerMinute: requests } = peak;
  const size = peak.minSize || minSize;
  const zones = availabilityZones.length;
  const left = size - Math.ceil(size / zones);
  if (requests <= left * each) return [];
  return [
    {
      at: ".peakRequestsPerMinute",
      allowed: `at most ${left * each}: of ${peak.minSize > 0 ? "the peak's " : ""}minSize, ${size}, instances in ${zones} zones, ${left} are left when a zone is lost, for fleet.requestsPerTargetPerMinute, ${each}, each`,
      remedy: `raise the peak's minSize to ${leastSize(Math.ceil(requests / each), zones)}`,
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html (Duration) */
const LONGEST_MUTE_DAYS = 15;

function mutedTooLong(peak: Peak): PeakViolation[] {
  if (!isSound(peak) || isWeekly(peak) || peak.muteAlarms.length === 0) return [];
  if (datedWindows(peak).every(({ begin, end }) => end - begin <= LONGEST_MUTE_DAYS * DAY)) return [];
  return [
    {
      at: ".muteAlarms",
      allowed: `none: AWS mutes alarms for ${LONGEST_MUTE_DAYS} days at most, and ${peak.name} is longer`,
      remedy: "split it into peaks of fewer days, or remove muteAlarms",
    },
  ];
}

function soundPeaks(settings: Settings): readonly Peak[] {
  return peaksOf(settings).filter(isSound);
}

const OVERLAPS: Readonly<Record<Overlap["reason"], (overlap: Overlap) => Omit<PeakViolation, "at">>> = {
  "both dated": (overlap) => ambiguous(overlap, "on the same dates"),
  "both weekly": (overlap) => ambiguous(overlap, "on the same day of the week"),
  "two zones": ({ peaks: [first, second], capacity }) => ({
    allowed: `no overlap with ${first.name}, including leadMinutes and the last minute: the two are in different time zones, and each sets ${capacity} back when it ends`,
    remedy: `move one of them, or put ${second.name} into ${first.timeZone} too`,
  }),
  "weekly change within": ({ peaks: [first, second], capacity }) => {
    const [weekly, dated] = isWeekly(first) ? [first, second] : [second, first];
    return {
      allowed: `no overlap with ${first.name}: ${weekly.name} would set ${capacity} back for a minute in the middle of ${dated.name}`,
      remedy: `remove ${capacity} from ${weekly.name}, and raise the stack's ${capacity} instead if necessary`,
    };
  },
};

function ambiguous({ peaks: [first], capacity }: Overlap, when: string): Omit<PeakViolation, "at"> {
  return {
    allowed: `no overlap with ${first.name}, which sets another ${capacity} ${when}`,
    remedy: `move one of them, or give both the same ${capacity}`,
  };
}

function overlapping(settings: Settings): Violation[] {
  return overlapsOf(soundPeaks(settings)).map((overlap) => {
    const index = settings.peakCalendar.findIndex(({ name }) => name === overlap.peaks[1].name);
    return { at: `peakCalendar[${index}].name`, ...OVERLAPS[overlap.reason](overlap) };
  });
}

/** Without a time outside peaks, the group would always keep a peak's value, whatever the settings. */
function neverUsual(settings: Settings): Violation[] {
  const peaks = soundPeaks(settings).filter(isWeekly);
  return CAPACITIES.flatMap((capacity) => {
    const setting = peaks.filter((peak) => peak[capacity] > 0);
    const [first] = setting;
    if (
      first === undefined ||
      levelsOf(setting, [capacity]).weekly.some(({ values }) => values[capacity] === undefined)
    )
      return [];
    const index = settings.peakCalendar.findIndex(({ name }) => name === first.name);
    return [
      {
        at: `peakCalendar[${index}].name`,
        allowed: `a time of the week at which no weekly peak, including its lead, sets ${capacity}`,
        remedy: `set the stack's ${capacity} for the whole week, and use the calendar only for values above it`,
      },
    ];
  });
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html (Limitations) */
const MOST_ACTIONS = 125;

function tooManyActions(settings: Settings): Violation[] {
  const { weekly, once } = levelsOf(soundPeaks(settings), ["minSize", "maxSize"]);
  const count = weekly.length + once.length;
  if (count <= MOST_ACTIONS) return [];
  return [
    {
      at: "peakCalendar",
      allowed: `peaks that make up to ${MOST_ACTIONS} scheduled actions: AWS's limit for a group, and these make ${count}`,
      remedy: "remove peaks that are over, or combine consecutive dates into one peak with from and to",
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/request-capacity-unit-reservation.html */
const MOST_DECREASES = 2;

function tooManyDecreases(settings: Settings): Violation[] {
  const busiest = decreasesOn(levelsOf(soundPeaks(settings), ["capacityUnits"]));
  if (busiest === undefined || busiest.count <= MOST_DECREASES) return [];
  return [
    {
      at: "peakCalendar",
      allowed: `peaks after which capacityUnits fall ${MOST_DECREASES} times a day at most, AWS's limit: on ${busiest.day} they fall ${busiest.count} times`,
      remedy: "merge consecutive peaks, or set capacityUnits only for the highest",
    },
  ];
}

/** The day on which a capacity is lowered most often. */
function decreasesOn({ weekly, once }: Levels): { day: string; count: number } | undefined {
  const days = [
    ...falls(weekly).map(({ at }) => `each ${WEEKDAYS[Math.floor(at / DAY)]}`),
    ...falls(once).map(({ at }) => isoOf(at).slice(0, 10)),
  ];
  const counts = [...new Set(days)].map((day) => ({ day, count: days.filter((one) => one === day).length }));
  return counts.sort((a, b) => b.count - a.count)[0];
}

function falls<T extends Levels["weekly"][number] | Levels["once"][number]>(changes: readonly T[]): T[] {
  const level = (change: T | undefined): number => change?.values.capacityUnits ?? 0;
  return changes.filter((change, index) => level(change) < level(changes.at(index - 1)));
}
