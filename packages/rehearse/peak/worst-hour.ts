/** The worst hour of a trial, request by request. */
import type { Outcome, Trial } from "./rates";
import { STEP } from "./rates";
import { Requests } from "./requests";
import type { WorstHour } from "./types";

/** The most seconds and requests that are simulated. */
const MOST = { seconds: 3600, requests: 1e6 };
const SEED = 1;

/**
 * Simulates the hour around a step, or the part of it that has a million requests.
 *
 * @returns undefined if there are no requests, or a million within a single step
 */
export function worstHourOf(trial: Trial, { steps }: Outcome, worst: number): WorstHour | undefined {
  const { demand, load, startSeconds } = trial;
  if ((demand[worst] ?? 0) * STEP > MOST.requests) return undefined;
  const [from, until] = spanOf(demand, worst);
  let servers = 0;
  for (let step = from; step < until; step++) servers = Math.max(servers, steps.serving[step] ?? 0);
  const run = new Requests({
    servers,
    concurrency: load.concurrency,
    service: load.service,
    balancing: load.balancing,
    meanSeconds: load.concurrency / load.requestsPerSecond,
    patienceSeconds: load.patienceSeconds,
    seed: SEED,
  });
  // Requests to lost instances fail, whatever the balancer does.
  let lost = 0;
  for (let step = from; step < until; step++) {
    run.resize(steps.serving[step] ?? 0);
    run.run((demand[step] ?? 0) - (steps.lost[step] ?? 0), (step - from + 1) * STEP);
    lost += (steps.lost[step] ?? 0) * STEP;
  }
  if (run.arrived + lost < 1) return undefined;
  const { latency } = run;
  const milliseconds = (seconds: number): number => 1000 * seconds;
  return {
    startSeconds: startSeconds + from * STEP,
    seconds: (until - from) * STEP,
    balancing: load.balancing,
    requests: run.arrived + Math.round(lost),
    failed: run.failed + Math.round(lost),
    milliseconds:
      latency.count === 0
        ? undefined
        : {
            mean: milliseconds(latency.mean),
            p50: milliseconds(latency.percentile(0.5)),
            p95: milliseconds(latency.percentile(0.95)),
            p99: milliseconds(latency.percentile(0.99)),
          },
  };
}

/** The steps around one: an hour, or fewer if that would exceed the number of requests. */
function spanOf(demand: Float64Array, worst: number): [from: number, until: number] {
  const half = MOST.seconds / STEP / 2;
  let [from, until] = [Math.max(0, worst - half), Math.min(demand.length, worst + half)];
  let requests = STEP * demand.subarray(from, until).reduce((sum, rate) => sum + rate, 0);
  while (requests > MOST.requests && until - from > 1) {
    const isFirst = worst - from >= until - worst;
    requests -= STEP * (demand[isFirst ? from++ : --until] ?? 0);
  }
  return [from, until];
}
