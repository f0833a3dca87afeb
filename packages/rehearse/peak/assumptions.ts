/** The assumptions of a simulation: read from a file, or derived. */
import { whatThereIs } from "../cli/nearest";
import { refuseIfFaulty } from "../errors";
import type { Resource } from "../engine/resource";
import { nameOf } from "../engine/urn";
import { describe, isMapping, readYaml } from "../project/yaml-file";
import type { Fleet } from "./fleet";
import type { Tracking } from "./policies";
import type { Assumptions, Balancing, LoadAssumptions, Service } from "./types";

/** The numbers that a file may contain, and their ranges. */
const NUMBERS = {
  requestsPerSecond: { what: "requests a second that an instance serves at most", least: 0.001, most: 1e6 },
  concurrency: {
    what: "requests that an instance processes at a time",
    least: 1,
    most: 10_000,
    isWhole: true,
  },
  bootSeconds: { what: "seconds from an instance's launch until it answers", least: 0, most: 7200 },
  warmBootSeconds: { what: "the same for an instance from a warm pool", least: 0, most: 7200 },
  patienceSeconds: { what: "seconds that a request waits before it counts as failed", least: 0, most: 3600 },
  peakRequestsPerMinute: { what: "requests a minute at the peak", least: 0, most: 1e9 },
  share: { what: "the share of the demand that the group receives", least: 0, most: 1 },
} as const satisfies Record<string, { what: string; least: number; most: number; isWhole?: boolean }>;

const WORDS = {
  service: ["exponential", "lognormal", "deterministic"] satisfies Service[],
  balancing: ["roundRobin", "leastOutstanding", "weightedRandom", "powerOfTwo"] satisfies Balancing[],
} as const;

const KEYS = [...Object.keys(NUMBERS), ...Object.keys(WORDS)];

/**
 * Reads a `--load` file: YAML with assumptions for all groups, and for single ones under `groups`.
 * @throws UsageError naming every fault of the file.
 */
export function readAssumptions(file: string): Assumptions {
  const { groups = {}, ...all } = readYaml(file, "load file");
  const faults: string[] = [];
  const read = (value: unknown, path: string): LoadAssumptions => {
    if (!isMapping(value)) {
      faults.push(`${path} is ${describe(value)}; it must be a mapping such as { bootSeconds: 90 }`);
      return {};
    }
    for (const [key, one] of Object.entries(value)) faults.push(...faultsOf(key, one, path));
    return value;
  };
  const own = read(all, "");
  if (!isMapping(groups)) faults.push(`groups is ${describe(groups)}; it must be a mapping of group names`);
  const each = Object.entries(isMapping(groups) ? groups : {}).map(
    ([name, value]) => [name, read(value, `groups["${name}"]`)] as const,
  );
  refuseIfFaulty(`load file ${file}`, faults);
  return { ...own, groups: Object.fromEntries(each) };
}

function faultsOf(key: string, value: unknown, path: string): string[] {
  const at = path === "" ? key : `${path}.${key}`;
  if (key in WORDS) {
    const words: readonly string[] = WORDS[key as keyof typeof WORDS];
    return typeof value === "string" && words.includes(value)
      ? []
      : [`${at} is ${describe(value)}; it must be ${words.join(", ")}`];
  }
  if (!(key in NUMBERS)) return [`${at} is not an assumption; ${whatThereIs(key, "keys", KEYS)}`];
  const limits: { what: string; least: number; most: number; isWhole?: boolean } =
    NUMBERS[key as keyof typeof NUMBERS];
  const { what, least, most, isWhole = false } = limits;
  const isRight =
    typeof value === "number" && value >= least && value <= most && (!isWhole || Number.isInteger(value));
  return isRight
    ? []
    : [
        `${at}, ${what}, is ${describe(value)}; it must be a ${isWhole ? "whole number" : "number"} from ${least} to ${most}`,
      ];
}

/**
 * Refuses assumptions about groups that no stack has.
 * @throws UsageError naming them all
 */
export function refuseUnknownGroups({ groups = {} }: Assumptions, resources: readonly Resource[]): void {
  const known = resources.filter(({ type }) => type === "aws:autoscaling/group:Group");
  const names = known.map(({ urn }) => nameOf(urn));
  refuseIfFaulty(
    "load file",
    Object.keys(groups)
      .filter((name) => !known.some(({ urn }) => urn === name || nameOf(urn) === name))
      .map((name) => `no stack has a group ${name}; ${whatThereIs(name, "groups", names)}`),
  );
}

/** The assumptions for a group. */
export interface Load {
  /** Requests a second that an instance serves at most. */
  readonly requestsPerSecond: number;
  /** Requests a second at which its scaling policies aim to keep an instance. */
  readonly targetPerSecond: number;
  readonly concurrency: number;
  /** Seconds from launch until an instance receives requests. */
  readonly readySeconds: number;
  /** The same from a warm pool. */
  readonly warmReadySeconds: number;
  readonly patienceSeconds: number;
  readonly peakRequestsPerMinute: number | undefined;
  readonly share: number;
  readonly service: Service;
  readonly balancing: Balancing;
  /** In sentences. */
  readonly told: readonly string[];
}

/** The assumed utilisation of an instance at its request target, if there is no CPU target. */
const TARGET_USE = 0.5;
/** The assumed requests a second of an instance, if no policy gives a target. */
const SERVED = 50;
const CONCURRENCY = 2;
const PATIENCE = 10;
/** The assumed seconds of a boot, and the most of a boot from a warm pool. */
const BOOT = { cold: 120, warm: 60 };

/** Derives the assumptions that a file leaves out. */
export function loadOf(fleet: Fleet, assumptions: Assumptions): Load {
  const { groups = {}, ...all } = assumptions;
  const given: LoadAssumptions = { ...all, ...groups[fleet.name], ...groups[fleet.urn] };
  const checks = fleet.check.healthyThreshold * fleet.check.intervalSeconds;
  const capacity = capacityOf(fleet, given.requestsPerSecond);
  const ready = given.bootSeconds === undefined ? fleet.readySeconds : given.bootSeconds + checks;
  const readySeconds = ready ?? BOOT.cold + checks;
  const warm = given.warmBootSeconds ?? Math.min(BOOT.warm, Math.max(0, readySeconds - checks));
  const isPoolRunning = fleet.warmPool?.isRunning === true && given.warmBootSeconds === undefined;
  const warmReadySeconds = (isPoolRunning ? 0 : warm) + checks;
  const {
    concurrency = CONCURRENCY,
    patienceSeconds = PATIENCE,
    share = 1,
    service = "exponential",
    balancing = fleet.balancing,
  } = given;
  const milliseconds = (1000 * concurrency) / capacity.perSecond;
  const from =
    given.bootSeconds !== undefined
      ? "from the load file and the health checks"
      : ready === undefined
        ? "which is assumed, as nothing in the stack gives it"
        : "from its warm-up or grace period";
  return {
    requestsPerSecond: capacity.perSecond,
    targetPerSecond: capacity.target,
    concurrency,
    readySeconds,
    warmReadySeconds,
    patienceSeconds,
    share,
    service,
    balancing,
    peakRequestsPerMinute: given.peakRequestsPerMinute,
    told: [
      capacity.told,
      `An instance processes ${concurrency} requests at a time, each for ${round(milliseconds)} ms on average (${service}); others wait for at most ${patienceSeconds} s, then fail.`,
      `An instance serves ${readySeconds} s after its launch, ${from}${fleet.warmPool === undefined ? "" : `, from the warm pool after ${warmReadySeconds} s`}.`,
      ...(share === 1 ? [] : [`${round(100 * share)} % of the demand goes to it.`]),
    ],
  };
}

interface Capacity {
  readonly perSecond: number;
  readonly target: number;
  readonly told: string;
}

function capacityOf({ policies }: Fleet, given: number | undefined): Capacity {
  const tracking = (metric: Tracking["metric"]): number | undefined =>
    policies.find((one): one is Tracking => one.kind === "tracking" && one.metric === metric)?.target;
  const [requests, cpu] = [tracking("requestsPerInstance"), tracking("cpu")];
  const use = cpu === undefined ? TARGET_USE : Math.min(1, cpu / 100);
  const perSecond = given ?? (requests === undefined ? SERVED : requests / 60 / use);
  const target = requests === undefined ? perSecond * use : requests / 60;
  const serves = `An instance serves ${round(perSecond)} requests a second`;
  if (given !== undefined) return { perSecond, target, told: `${serves}, from the load file.` };
  if (requests === undefined)
    return {
      perSecond,
      target,
      told: `${serves}, which is assumed, as nothing in the stack gives it: set requestsPerSecond in a load file.`,
    };
  return {
    perSecond,
    target,
    told: `${serves}: its target of ${round(requests)} a minute is assumed to use ${round(100 * use)} % of it${cpu === undefined ? "" : ", the CPU target"}.`,
  };
}

/** Rounds to two decimals, with thousands separators. */
export function round(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
