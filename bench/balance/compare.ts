/**
 * Compares our rendered HAProxy with HAProxy's documented starting configuration and with NGINX with the same upstream,
 * on loopback: `npm run bench:balance [-- --rounds N --seconds S]`. All of them run in every round, so that noise on
 * the machine affects all. Compare the ratios, not the absolute figures.
 *
 * Needs Debian's packages haproxy, nginx, wrk and openssl.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { HAPROXY_BACKEND, renderHaproxyConfig } from "../../components/proxy/haproxy-config";
import { freePort, portOf, startBackend, startBalancer, stop } from "../../test/support/balancers";
import { Authority } from "../../test/support/certificates";
import { HAProxy } from "../../tools/balance/haproxy-process";
import { send } from "../../tools/balance/load";
import { hostOf, proxyOf } from "../../tools/balance/stack";
import * as sides from "./sides";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, seconds: { type: "string", default: "3" } },
});
const ROUNDS = Number(values.rounds);
const SECONDS = Number(values.seconds);
const CONNECTIONS = 32;
/**
 * Response time of the slow backend in milliseconds, and number of visitors: few enough that the slow backend isn't all
 * they wait for.
 */
const SLOW = { milliseconds: 500, connections: 8 };

const NAMES = ["ours", "HAProxy's start", "NGINX"] as const;
type Name = (typeof NAMES)[number];

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of processor time that the balancer used per request. */
  readonly cpuMicros: number;
}

const folder = mkdtempSync(join(tmpdir(), "bench-balance-"));
const host = hostOf(proxyOf("dev", { port: 8080, protocol: "http", version: "http1" }));
const authority = new Authority(folder);
const certificate = authority.issue("certificate", { name: host, days: 2 });

/** A running balancer: its port and its process. */
interface Running {
  readonly port: number;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
}

async function startOurs(
  scheme: sides.Scheme,
  algorithm: sides.Algorithm,
  ports: readonly number[],
): Promise<Running> {
  const port = await freePort();
  const adminSocket = join(folder, "admin.sock");
  const stack = proxyOf("dev", { port: 8080, protocol: "http", version: "http1" });
  writeFileSync(join(folder, "servers"), "1\n");
  const text = renderHaproxyConfig({
    ...stack,
    balance: algorithm,
    bind: `127.0.0.1:${port}`,
    certificateFile: certificate,
    metricsBind: `127.0.0.1:${await freePort()}`,
    adminSocket,
    stateFile: join(folder, "servers"),
    agentPort: undefined,
    slowStartSeconds: 0,
    healthCheck: { ...stack.healthCheck, path: "/", intervalSeconds: 1, healthyThreshold: 1 },
    maxConnections: 2000,
    // Enabled, as in a stack, because counting costs time, too. Here, one client sends the requests of all visitors.
    requestsPer10Seconds: 1_000_000,
  });
  const file = join(folder, "ours.cfg");
  writeFileSync(file, scheme === "https" ? text : text.replace(/ ssl crt \S+ alpn \S+/, ""));
  const haproxy = await HAProxy.start(file, adminSocket);
  for (const [index, backend] of ports.entries())
    await haproxy.fill(`${HAPROXY_BACKEND}/server-${index + 1}`, "127.0.0.1", backend);
  for (let up = 0; up < ports.length; await pause(50))
    up = (await haproxy.servers(HAPROXY_BACKEND)).filter(({ status }) => status === "UP").length;
  return { port, process: haproxy.process, stop: () => haproxy.stop() };
}

async function startOther(
  name: Exclude<Name, "ours">,
  scheme: sides.Scheme,
  algorithm: sides.Algorithm,
  ports: readonly number[],
): Promise<Running> {
  const port = await freePort();
  const program = name === "NGINX" ? "nginx" : "haproxy";
  const text = (program === "nginx" ? sides.nginx : sides.startingHaproxy)(scheme, algorithm, {
    port,
    ports,
    certificate,
    folder,
  });
  const process = await startBalancer(program, folder, text, [port]);
  return { port, process, stop: () => stop(process) };
}

const start = (name: Name, scheme: sides.Scheme, algorithm: sides.Algorithm, ports: readonly number[]) =>
  name === "ours" ? startOurs(scheme, algorithm, ports) : startOther(name, scheme, algorithm, ports);

/** Clock ticks that a process and its children used; Linux has 100 ticks a second. */
function ticksOf(pid: number): number {
  const own = (each: number): number => {
    const fields = readFileSync(`/proc/${each}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  };
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return own(pid) + children.reduce((sum, child) => sum + ticksOf(child), 0);
}

async function measure(running: Running, scheme: sides.Scheme): Promise<Measured> {
  const url = `${scheme}://127.0.0.1:${running.port}/`;
  const pid = running.process.pid ?? 0;
  const before = ticksOf(pid);
  const args = ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, "--latency", "-H", `Host: ${host}`, url];
  const wrk = spawn("wrk", args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  wrk.stdout.on("data", (chunk) => (text += String(chunk)));
  await once(wrk, "close");
  const micros = (ticksOf(pid) - before) * 10_000;
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`Requests failed:\n${text}`);
  const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]),
    p50: latency(text, "50%"),
    p99: latency(text, "99%"),
    cpuMicros: micros / requests,
  };
}

/** Milliseconds in a line of wrk's output: `99%    1.23ms`. */
function latency(text: string, percentile: string): number {
  const [, number = "", unit = ""] =
    new RegExp(`^\\s+${percentile}\\s+([\\d.]+)(us|ms|s)$`, "m").exec(text) ?? [];
  return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit as "us" | "ms" | "s"];
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

/**
 * The p99 as visitors see it. wrk's own p99 is different: it counts a slow response as often as other responses would
 * have come in the same time.
 */
async function p99Seen({ port }: Running): Promise<number> {
  const ca = readFileSync(authority.file, "utf8");
  const load = { port, host, path: "/", ca, requests: 1_000_000, seconds: SECONDS };
  const samples = await send({ ...load, concurrency: SLOW.connections });
  if (samples.some(({ failure }) => failure !== undefined)) throw new Error("Requests failed.");
  const took = samples.map((sample) => sample.took).sort((a, b) => a - b);
  return took[Math.floor(0.99 * took.length)] ?? NaN;
}

/** Runs each of them in turn, round after round. */
async function rounds<Figure>(
  scheme: sides.Scheme,
  algorithms: readonly sides.Algorithm[],
  ports: readonly number[],
  figureOf: (running: Running) => Promise<Figure>,
): Promise<Map<string, Figure[]>> {
  const found = new Map<string, Figure[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const algorithm of algorithms) {
      for (const name of NAMES) {
        const running = await start(name, scheme, algorithm, ports);
        try {
          const key = `${name}, ${algorithm}`;
          found.set(key, [...(found.get(key) ?? []), await figureOf(running)]);
        } finally {
          await running.stop();
        }
      }
    }
  }
  return found;
}

/** The ratios of the figures of two sides in the same round: their median and range. */
function ratio(
  ours: readonly Measured[],
  theirs: readonly Measured[],
  of: (one: Measured) => number,
): string {
  const each = ours.map((one, round) => of(one) / of(theirs[round] ?? one));
  return `${median(each).toFixed(2)} (${Math.min(...each).toFixed(2)}–${Math.max(...each).toFixed(2)})`;
}

async function speed(): Promise<void> {
  const backend = await sides.startStaticBackend(folder);
  try {
    for (const scheme of ["http", "https"] as const) {
      const found = await rounds(scheme, ["roundrobin", "leastconn"], backend.ports, (running) =>
        measure(running, scheme),
      );
      console.log(`\n${scheme}, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s\n`);
      console.log(
        "| | requests/s | p50 ms | p99 ms | CPU µs/request | ours: requests/s | ours: p99 | ours: CPU |",
      );
      console.log("|---|--:|--:|--:|--:|--:|--:|--:|");
      for (const algorithm of ["roundrobin", "leastconn"]) {
        const ours = found.get(`ours, ${algorithm}`) ?? [];
        for (const name of NAMES) {
          const own = found.get(`${name}, ${algorithm}`) ?? [];
          const middle = (of: (one: Measured) => number, digits: number) =>
            median(own.map(of)).toFixed(digits);
          const figures = [
            middle(({ perSecond }) => perSecond, 0),
            middle(({ p50 }) => p50, 2),
            middle(({ p99 }) => p99, 2),
            middle(({ cpuMicros }) => cpuMicros, 1),
          ];
          const ratios =
            name === "ours"
              ? ["", "", ""]
              : [
                  ratio(ours, own, ({ perSecond }) => perSecond),
                  ratio(ours, own, ({ p99 }) => p99),
                  ratio(ours, own, ({ cpuMicros }) => cpuMicros),
                ];
          console.log(`| ${name}, ${algorithm} | ${[...figures, ...ratios].join(" | ")} |`);
        }
      }
    }
  } finally {
    await stop(backend.process);
  }
}

async function oneSlow(): Promise<void> {
  const backends: Server[] = [];
  for (const milliseconds of [SLOW.milliseconds, 0, 0])
    backends.push(await startBackend("b", "z", milliseconds));
  try {
    const found = await rounds("https", ["roundrobin", "leastconn"], backends.map(portOf), p99Seen);
    const p99 = (name: Name, algorithm: string) => median(found.get(`${name}, ${algorithm}`) ?? []);
    const best = Math.min(...NAMES.map((name) => p99(name, "roundrobin")));
    console.log(
      `\nOne backend of three takes ${SLOW.milliseconds} ms; https, ${SLOW.connections} visitors at a time\n\n| | p99 ms, roundrobin | p99 ms, leastconn | leastconn to the best round robin |\n|---|--:|--:|--:|`,
    );
    for (const name of NAMES) {
      const least = p99(name, "leastconn");
      console.log(
        `| ${name} | ${p99(name, "roundrobin").toFixed(1)} | ${least.toFixed(1)} | ${(least / best).toFixed(2)} |`,
      );
    }
  } finally {
    for (const server of backends) server.close().closeAllConnections();
  }
}

async function main(): Promise<void> {
  for (const program of ["haproxy", "nginx", "wrk", "openssl"])
    if (spawnSync("which", [program]).status !== 0)
      throw new Error(`${program} is missing: apt-get install ${program}`);
  console.log(
    [spawnSync("haproxy", ["-v"]).stdout, spawnSync("nginx", ["-v"]).stderr]
      .map(String)
      .map((text) => text.split("\n")[0])
      .join(", "),
  );
  await speed();
  await oneSlow();
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));
