import { chiSquare, upperTail } from "../probe/statistics";
import type { Sample } from "./load";
import type { Options } from "./options";

/** The result of a run. */
export interface Result {
  readonly algorithm: Options["algorithm"];
  /** The share of each backend by its weight. */
  readonly wanted: Readonly<Record<string, number>>;
  /** The total requests that each backend served. */
  readonly served: Readonly<Record<string, number>>;
  readonly requests: number;
  /** Requests without a good answer at the client. */
  readonly failed: number;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly verdict: "pass" | "fail";
  /** The reasons, one a line. */
  readonly reasons: readonly string[];
}

/** A backend with its requested settings. */
export interface Member {
  readonly name: string;
  readonly weight: number;
  readonly isSlow: boolean;
}

/**
 * The probability of a false alarm. Round robin is not random and misses the shares only by single requests; a
 * failure means a systematic deviation.
 */
const ALPHA = 0.001;

/**
 * The most of its share that a slow backend may get, under least connections: otherwise it would have several times
 * the open requests of the others.
 */
const SLOW_SHARE = 0.5;

/**
 * Judges the result: no request failed, and the shares match the weights. It evaluates the time until the first
 * fault, because the backends change after that.
 *
 * @param faultAt - milliseconds from the start to the first fault; Infinity for none
 */
export function judge(
  algorithm: Options["algorithm"],
  members: readonly Member[],
  samples: readonly Sample[],
  faultAt: number,
): Result {
  const whole = members.reduce((sum, { weight }) => sum + weight, 0);
  const wanted = Object.fromEntries(members.map(({ name, weight }) => [name, weight / whole]));
  const countsOf = (some: readonly Sample[]): Record<string, number> => {
    const counts = Object.fromEntries(members.map(({ name }) => [name, 0]));
    for (const { backend } of some) if (backend !== undefined) counts[backend] = (counts[backend] ?? 0) + 1;
    return counts;
  };
  const failures = samples.filter(({ failure }) => failure !== undefined);
  const before = samples.filter(({ at }) => at < faultAt);
  const shares = judgeShares(algorithm, members, countsOf(before), wanted);
  const took = samples.map((sample) => sample.took).sort((a, b) => a - b);
  const percentile = (share: number): number =>
    Math.round((took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0) * 100) / 100;
  return {
    algorithm,
    wanted,
    served: countsOf(samples),
    requests: samples.length,
    failed: failures.length,
    latencyMs: { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) },
    verdict: failures.length === 0 && shares.isRight ? "pass" : "fail",
    reasons: [
      failures.length === 0
        ? "no request failed"
        : `${failures.length} of ${samples.length} requests failed: ${[...new Set(failures.map(({ failure }) => failure))].join(", ")}`,
      shares.reason,
    ],
  };
}

interface Shares {
  readonly isRight: boolean;
  readonly reason: string;
}

function judgeShares(
  algorithm: Options["algorithm"],
  members: readonly Member[],
  counts: Readonly<Record<string, number>>,
  wanted: Readonly<Record<string, number>>,
): Shares {
  const total = members.reduce((sum, { name }) => sum + (counts[name] ?? 0), 0);
  const unserved = members.filter(({ name }) => (counts[name] ?? 0) === 0);
  if (unserved.length > 0)
    return { isRight: false, reason: `${unserved.map(({ name }) => name).join(", ")} served nothing` };
  if (algorithm === "leastconn") return judgeLeastConnections(members, counts, wanted, total);
  if (members.length === 1) return { isRight: true, reason: "there is only one backend" };
  const chance = upperTail(
    chiSquare(
      members.map(({ name }) => counts[name] ?? 0),
      members.map(({ name }) => wanted[name] ?? 0),
    ),
    members.length - 1,
  );
  return {
    isRight: chance >= ALPHA,
    reason: `the shares ${chance >= ALPHA ? "are" : "are not"} those of the weights (chi-square, p = ${chance.toFixed(4)})`,
  };
}

function judgeLeastConnections(
  members: readonly Member[],
  counts: Readonly<Record<string, number>>,
  wanted: Readonly<Record<string, number>>,
  total: number,
): Shares {
  const slow = members.filter(({ isSlow }) => isSlow);
  if (slow.length === 0 || slow.length === members.length)
    return { isRight: true, reason: "all backends are alike: each served some" };
  const got = slow.reduce((sum, { name }) => sum + (counts[name] ?? 0), 0) / total;
  const due = slow.reduce((sum, { name }) => sum + (wanted[name] ?? 0), 0);
  const isSpared = got <= SLOW_SHARE * due;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return {
    isRight: isSpared,
    reason: `${slow.length === 1 ? "the slow backend" : "slow backends"} got ${percent(got)}, ${isSpared ? "at most" : "more than"} half of the ${percent(due)} that weights alone would give`,
  };
}
