/**
 * Compares the peak's queues with real HAProxy: `npm run bench:peak [-- --seconds S]`. Servers on loopback handle one
 * request at a time and queue the others; their service times are drawn from the simulation's distribution. Requests
 * arrive at random, whether or not others are answered. Prints measured and simulated latencies and shares; the delays
 * of the servers' timers are subtracted.
 *
 * Needs Debian's package haproxy. docs/peak.md has the results.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, get, type Server } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

import { Histogram } from "../../packages/rehearse/peak/histogram";
import { Requests } from "../../packages/rehearse/peak/requests";
import { freePort, portOf, startBalancer, stop } from "../../test/support/balancers";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" } } });
const SECONDS = Number(values.seconds);
const SERVERS = 8;
/** Long enough that a busy machine's delays are small in comparison. */
const MEAN_SECONDS = 0.08;
const LOADS = [0.5, 0.7, 0.85];
const ALGORITHMS = {
  roundrobin: "roundRobin",
  leastconn: "leastOutstanding",
  "random(2)": "powerOfTwo",
} as const;

const random = xoroshiro128plus(1);
const exponential = (mean: number): number => -Math.log(((random.next() >>> 0) + 0.5) / 2 ** 32) * mean;

/** A server that handles one request at a time. */
async function startServer(name: string): Promise<Server> {
  let free = 0;
  const server = createServer((_, response) => {
    const now = performance.now();
    free = Math.max(free, now) + 1000 * exponential(MEAN_SECONDS);
    const due = free;
    // A busy machine's timers are late, and their delay must not count.
    const answer = (): void => {
      const late = String(performance.now() - due);
      response.writeHead(200, { "X-Served-By": name, "X-Late": late }).end();
    };
    setTimeout(answer, due - now);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function configuration(port: number, algorithm: string, ports: readonly number[]): string {
  const servers = ports.map((one, index) => `  server s${index + 1} 127.0.0.1:${one}`);
  return [
    "defaults",
    "  mode http",
    "  timeout connect 5s",
    "  timeout client 60s",
    "  timeout server 60s",
    "  option http-keep-alive",
    "listen all",
    `  bind 127.0.0.1:${port}`,
    `  balance ${algorithm}`,
    ...servers,
    "",
  ].join("\n");
}

interface Measured {
  readonly latency: Histogram;
  readonly served: Map<string, number>;
}

/** Sends requests at a rate per second at random times, each exactly when it is due. */
async function load(port: number, rate: number): Promise<Measured> {
  const measured = { latency: new Histogram(), served: new Map<string, number>() };
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const open: Promise<void>[] = [];
  const start = performance.now();
  for (let at = start; at < start + 1000 * SECONDS; at += 1000 * exponential(1 / rate)) {
    if (at > performance.now()) await sleep(at - performance.now());
    open.push(ask(port, agent, measured));
  }
  await Promise.all(open);
  agent.destroy();
  return measured;
}

function ask(port: number, agent: Agent, { latency, served }: Measured): Promise<void> {
  const since = performance.now();
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, agent }, (response) => {
      const name = String(response.headers["x-served-by"]);
      response.resume().on("end", () => {
        latency.add((performance.now() - since - Number(response.headers["x-late"])) / 1000);
        served.set(name, (served.get(name) ?? 0) + 1);
        resolve();
      });
    }).on("error", reject);
  });
}

function simulate(balancing: (typeof ALGORITHMS)[keyof typeof ALGORITHMS], rate: number): Requests {
  const requests = new Requests({
    servers: SERVERS,
    concurrency: 1,
    meanSeconds: MEAN_SECONDS,
    service: "exponential",
    balancing,
    seed: 1,
  });
  requests.run(rate, 1e6 / rate);
  return requests;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-peak-"));
  const servers = await Promise.all(
    Array.from({ length: SERVERS }, (_, index) => startServer(`s${index + 1}`)),
  );
  try {
    console.log(
      "| algorithm | load | requests | mean, ms | simulated | error | p95, ms | simulated | error | shares |",
    );
    console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (const [algorithm, balancing] of Object.entries(ALGORITHMS))
      for (const part of LOADS) {
        const port = await freePort();
        const haproxy = await startBalancer(
          "haproxy",
          folder,
          configuration(port, algorithm, servers.map(portOf)),
          [port],
        );
        const rate = (part * SERVERS) / MEAN_SECONDS;
        const { latency, served } = await load(port, rate);
        await stop(haproxy);
        const { latency: simulated } = simulate(balancing, rate);
        const pair = (real: number, made: number): string[] => [
          (1000 * real).toFixed(1),
          (1000 * made).toFixed(1),
          `${(100 * (made / real - 1)).toFixed(1)} %`,
        ];
        const shares = [...served]
          .sort()
          .map(([, count]) => `${((100 * count) / latency.count).toFixed(1)} %`);
        const cells = [
          algorithm,
          part,
          latency.count,
          ...pair(latency.mean, simulated.mean),
          ...pair(latency.percentile(0.95), simulated.percentile(0.95)),
          shares.join(", "),
        ];
        console.log(`| ${cells.join(" | ")} |`);
      }
  } finally {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  }
}

void main();
