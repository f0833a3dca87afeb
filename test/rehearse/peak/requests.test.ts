import assert from "node:assert/strict";

import fc from "fast-check";

import { Outstanding } from "../../../packages/rehearse/peak/outstanding";
import { type Queueing, Requests } from "../../../packages/rehearse/peak/requests";

/** Simulates a number of requests at a load from 0 to 1. */
function run(load: number, requests: number, queueing: Partial<Queueing>): Requests {
  const whole: Queueing = {
    servers: 1,
    concurrency: 1,
    meanSeconds: 1,
    service: "exponential",
    balancing: "roundRobin",
    seed: 1,
    ...queueing,
  };
  const rate = (load * whole.servers * whole.concurrency) / whole.meanSeconds;
  const requested = new Requests(whole);
  requested.run(rate, requests / rate);
  return requested;
}

/**
 * The mean wait and its 95 % confidence interval, from independent runs, because the requests of one run affect each
 * other.
 */
function meanWait(
  load: number,
  requests: number,
  queueing: Partial<Queueing>,
): { mean: number; half: number } {
  const runs = Array.from({ length: 10 }, (_, seed) => run(load, requests, { ...queueing, seed: seed + 1 }));
  const waits = runs.map(({ waited, latency }) => waited / latency.count);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  const variance = waits.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / (waits.length - 1);
  // Student's t for nine degrees of freedom.
  return { mean, half: 2.262 * Math.sqrt(variance / waits.length) };
}

/** Erlang's C: the probability of waiting with a number of servers under a load in Erlangs. */
function erlangC(servers: number, erlangs: number): number {
  let blocked = 1;
  for (let server = 1; server <= servers; server++)
    blocked = (erlangs * blocked) / (server + erlangs * blocked);
  return blocked / (1 - (erlangs / servers) * (1 - blocked));
}

/** The mean wait of M/M/c, in mean durations. */
const pooled = (servers: number, load: number): number =>
  erlangC(servers, servers * load) / (servers * (1 - load));

/** The mean wait of E_k/M/1, in mean durations: that of each of k servers under round robin. */
function erlangArrivals(servers: number, load: number): number {
  const gaps = servers * load;
  let sigma = load;
  for (let round = 0; round < 10_000; round++) sigma = (gaps / (gaps + 1 - sigma)) ** servers;
  return sigma / (1 - sigma);
}

function near({ mean, half }: { mean: number; half: number }, expected: number): void {
  // Three times the half width: by chance, one test in ten thousand fails, and the seeds are fixed.
  assert.ok(Math.abs(mean - expected) < Math.max(3 * half, 0.002), `${mean} ± ${half}, not ${expected}`);
  assert.ok(half < 0.1 * expected + 0.01, `too unsure: ${mean} ± ${half}`);
}

describe("Requests at one server", () => {
  for (const load of [0.5, 0.8])
    it(`wait as long as M/M/1 predicts, at ${load}`, () => {
      near(meanWait(load, 40_000, {}), load / (1 - load));
    });

  for (const [slots, load] of [
    [2, 0.7],
    [8, 0.8],
  ] as const)
    it(`wait as long as M/M/c predicts, for ${slots} slots at ${load}`, () => {
      near(meanWait(load, 40_000, { concurrency: slots }), pooled(slots, load));
    });

  it("wait half as long with constant durations, and longer with more variable ones: Pollaczek and Khinchine", () => {
    near(meanWait(0.7, 40_000, { service: "deterministic" }), 0.7 / (1 - 0.7) / 2);
    // The variance of the lognormal durations is e - 1 times their squared mean.
    near(meanWait(0.5, 80_000, { service: "lognormal" }), (0.5 / (1 - 0.5)) * (Math.E / 2));
  });

  it("have response times with the percentiles of M/M/1", () => {
    const { latency } = run(0.5, 400_000, {});
    for (const part of [0.5, 0.95, 0.99]) {
      const expected = -Math.log(1 - part) / (1 - 0.5);
      assert.ok(
        Math.abs(latency.percentile(part) / expected - 1) < 0.04,
        `${part}: ${latency.percentile(part)}`,
      );
    }
  });
});

describe("Requests behind a balancer", () => {
  it("with round robin wait as E_k/M/1 predicts, for a server that gets every k-th request", () => {
    near(meanWait(0.8, 40_000, { servers: 5 }), erlangArrivals(5, 0.8));
  });

  it("at random wait as M/M/1 predicts", () => {
    near(meanWait(0.8, 60_000, { servers: 5, balancing: "weightedRandom" }), 0.8 / 0.2);
  });

  it("with least outstanding requests wait longer than in one queue, and less than at random", () => {
    for (const load of [0.7, 0.9]) {
      const { mean, half } = meanWait(load, 40_000, { servers: 4, balancing: "leastOutstanding" });
      assert.ok(mean - half > pooled(4, load), `${mean} ± ${half} > ${pooled(4, load)}`);
      assert.ok(mean + half < erlangArrivals(4, load), `${mean} ± ${half} < ${erlangArrivals(4, load)}`);
    }
  });

  it("with least outstanding requests on two servers wait as the balance equations of their Markov chain predict", () => {
    const load = 0.6;
    near(meanWait(load, 60_000, { servers: 2, balancing: "leastOutstanding" }), shortestOfTwo(load) - 1);
  });

  it("with least outstanding requests wait as in one queue under heavy load: the heavy traffic limit", () => {
    const [light, heavy] = [0.7, 0.97].map((load) => {
      const { waited, latency } = run(load, 1_500_000, {
        servers: 3,
        balancing: "leastOutstanding",
        seed: 7,
      });
      return waited / latency.count / pooled(3, load);
    });
    assert.ok((heavy ?? 9) < 1.12 && (heavy ?? 9) < (light ?? 0) - 0.1, `${light} and ${heavy}`);
  });

  it("with the better of two wait as Mitzenmacher predicts, for many servers", () => {
    // As the number of servers grows, the mean response approaches the sum of load^(2^i - 2):
    // https://doi.org/10.1109/71.963420
    const load = 0.9;
    let response = 0;
    for (let i = 1; i < 12; i++) response += load ** (2 ** i - 2);
    const { waited, latency } = run(load, 400_000, { servers: 500, balancing: "powerOfTwo" });
    const mean = 1 + waited / latency.count;
    assert.ok(Math.abs(mean / response - 1) < 0.03, `${mean}, not ${response}`);
  });
});

/**
 * The mean response of two servers when each request goes to the less busy one, by iterating over the chain's states.
 */
function shortestOfTwo(load: number): number {
  const size = 20;
  const rate = 2 * load;
  let chances = new Float64Array(size * size).fill(1 / size / size);
  for (let round = 0; round < 1000; round++) {
    const next = new Float64Array(size * size);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) {
        const chance = chances[a * size + b] ?? 0;
        if (chance === 0) continue;
        const move = (x: number, y: number, much: number): void => {
          const [to, fro] = [Math.min(x, size - 1), Math.min(y, size - 1)];
          next[to * size + fro] = (next[to * size + fro] ?? 0) + (chance * much) / (rate + 2);
        };
        if (a < b) move(a + 1, b, rate);
        else if (b < a) move(a, b + 1, rate);
        else {
          move(a + 1, b, rate / 2);
          move(a, b + 1, rate / 2);
        }
        move(Math.max(0, a - 1), b, 1);
        move(a, Math.max(0, b - 1), 1);
      }
    chances = next;
  }
  let inside = 0;
  chances.forEach((chance, state) => (inside += chance * (Math.floor(state / size) + (state % size))));
  return inside / rate;
}

describe("Requests", () => {
  const queueing = fc.record({
    servers: fc.integer({ min: 1, max: 8 }),
    concurrency: fc.integer({ min: 1, max: 5 }),
    service: fc.constantFrom("exponential", "lognormal", "deterministic"),
    balancing: fc.constantFrom("roundRobin", "leastOutstanding", "weightedRandom", "powerOfTwo"),
    patienceSeconds: fc.double({ min: 0, max: 5, noNaN: true }),
    seed: fc.integer(),
  } as const);

  it("are all served or fail, the same ones for the same seed", () => {
    fc.assert(
      fc.property(queueing, fc.double({ min: 0.1, max: 2, noNaN: true }), (given, load) => {
        const one = run(load, 500, given);
        const served = one.served.reduce((sum, count) => sum + count, 0);
        assert.equal(one.arrived, served + one.failed);
        assert.equal(one.latency.count, served);
        assert.deepEqual(run(load, 500, given), one);
      }),
    );
  });

  it("go to no server that left, and fail if there is none", () => {
    fc.assert(
      fc.property(queueing, (given) => {
        const requests = new Requests({ ...given, meanSeconds: 1 });
        requests.run(5, 20);
        const before = [...requests.served];
        requests.resize(0);
        requests.run(5, 40);
        requests.resize(1);
        requests.run(5, 60);
        assert.deepEqual([...requests.served].slice(1), before.slice(1));
        assert.ok(requests.failed > 0);
      }),
    );
  });

  it("are counted by server as in a plain list: the server with the fewest is found", () => {
    const steps = fc.array(
      fc.record({
        resize: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 8 }),
        pick: fc.nat(),
        ends: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(steps, (all) => {
        const outstanding = new Outstanding(6, 6);
        const counts = [0, 0, 0, 0, 0, 0];
        let active = 6;
        for (const { resize, pick, ends } of all) {
          if (resize !== null) outstanding.resize((active = resize));
          const fewest = Math.min(...counts.slice(0, active));
          assert.equal(outstanding.ties, counts.slice(0, active).filter((count) => count === fewest).length);
          const server = outstanding.at(pick % outstanding.ties);
          assert.equal(counts[server], fewest);
          outstanding.increase(server);
          counts[server] = (counts[server] ?? 0) + 1;
          const ended = ends % 6;
          if ((counts[ended] ?? 0) === 0) continue;
          outstanding.decrease(ended);
          counts[ended] = (counts[ended] ?? 0) - 1;
        }
      }),
    );
  });
});
