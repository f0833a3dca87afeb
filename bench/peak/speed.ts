/** Measures the peak's simulation: `npm run bench:peak-speed`. docs/peak.md has the results. */
import { readFleets } from "../../packages/rehearse/peak/fleet";
import { Graph } from "../../packages/rehearse/cost/graph";
import { simulatePeak } from "../../packages/rehearse/peak";
import { loadOf } from "../../packages/rehearse/peak/assumptions";
import { runRates } from "../../packages/rehearse/peak/rates";
import { Requests } from "../../packages/rehearse/peak/requests";
import { sizesAt, usualDemand } from "../../packages/rehearse/peak/usual";
import { newResource, type NewResource } from "../../packages/rehearse/engine/resource";
import { nameOf } from "../../packages/rehearse/engine/urn";
import { stateOf } from "../../test/support/rehearse";

function told(what: string, run: () => void): void {
  const [wall, before] = [performance.now(), process.cpuUsage()];
  run();
  const { user, system } = process.cpuUsage(before);
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(
    `${what}: ${((user + system) / 1e6).toFixed(2)} s of processor time, ${((performance.now() - wall) / 1000).toFixed(2)} s, ${memory} MiB`,
  );
}

async function main(): Promise<void> {
  const state = (await stateOf(["prod"])) as unknown as readonly NewResource[];
  const resources = state.map((one) => newResource({ ...one, name: nameOf(one.urn), custom: true }));
  const [fleet] = readFleets(new Graph(resources));
  if (fleet === undefined || "why" in fleet) throw new Error("prod has no group");
  const load = loadOf(fleet, {});
  const { demand } = usualDemand(fleet, load, 1_796_000_000);
  const sizes = sizesAt(fleet, demand.startSeconds);
  const trial = { fleet, load, startSeconds: demand.startSeconds, sizes, demand: demand.perSecond };
  told("a week of prod by rates, 60,480 steps", () => void runRates(trial));
  told("all of prod's peak: three courses, and the worst hours", () => void simulatePeak(resources));
  for (const balancing of ["roundRobin", "weightedRandom", "powerOfTwo", "leastOutstanding"] as const)
    told(`10 million requests to 1,000 instances, ${balancing}`, () => {
      const queueing = {
        servers: 1000,
        concurrency: 2,
        meanSeconds: 0.06,
        service: "exponential",
        balancing,
      } as const;
      const rate = (0.8 * 1000 * 2) / 0.06;
      new Requests({ ...queueing, seed: 1 }).run(rate, 1e7 / rate);
    });
}

void main();
