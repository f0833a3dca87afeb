import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { HAPROXY_BACKEND, renderHaproxyConfig } from "../../components/proxy/haproxy-config";
import { Backend } from "./backends";
import { HAProxy } from "./haproxy";
import { judge, type Member, type Result } from "./judge";
import { type Sample, send } from "./load";
import { BalanceError, type Options } from "./options";
import { hostOf, proxyOf } from "./stack";

/** Something that was done to a backend on the way. */
export interface Fault {
  /** Milliseconds from the start. */
  readonly at: number;
  /** What, and to whom: `kill store-3`. */
  readonly what: string;
}

/** What came of it, and what it is drawn from. */
export interface Run {
  readonly result: Result;
  readonly members: readonly Member[];
  readonly samples: readonly Sample[];
  readonly faults: readonly Fault[];
}

/** Milliseconds that a slow backend takes longer. */
const SLOW_MILLISECONDS = 50;

/** Parts of the requests after which backends are killed, and drained. */
const FAULTS_AFTER = { kill: 0.5, drain: 0.7 } as const;

/** HAProxy's greatest weight. */
const MOST_WEIGHT = 256;

/**
 * Starts everything, sends the requests, and ends everything again, whatever happens.
 *
 * @throws BalanceError if something needed is missing here
 */
export async function run(options: Options): Promise<Run> {
  requireProgram("haproxy", ["-v"], "apt-get install haproxy, brew install haproxy, or dnf install haproxy");
  requireProgram("openssl", ["version"], "apt-get install openssl");
  const folder = mkdtempSync(join(tmpdir(), "balance-"));
  const backends: Backend[] = [];
  let haproxy: HAProxy | undefined;
  const interrupted = (): void => {
    for (const { process: child } of backends) child.kill("SIGKILL");
    haproxy?.process.kill("SIGTERM");
    process.exit(130);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const members = options.weights.map((weight, index): Member => ({
      ...{ name: `store-${index + 1}`, weight, isSlow: index < options.slow },
    }));
    // One after the other: the first makes the database that all share.
    for (const { name, isSlow } of members) {
      const backend = await Backend.start(name, folder);
      backends.push(backend);
      if (isSlow) await backend.slowDown(SLOW_MILLISECONDS);
    }
    const port = await freePort();
    const stack = proxyOf(options.stack, 8080);
    const host = hostOf(stack);
    haproxy = await startProxy(folder, stack, host, port, options);
    for (const [index, backend] of backends.entries())
      await haproxy.fill(slot(index), "127.0.0.1", backend.port, weightOf(options.weights, index));
    await untilUp(haproxy, backends.length);

    const faults: Fault[] = [];
    const plan = planFaults(options, backends, haproxy);
    const samples = await send({
      ...{ port, host, path: options.path, ca: readFileSync(join(folder, "certificate.crt"), "utf8") },
      ...{ requests: options.requests, concurrency: options.concurrency },
      progress(ended, at) {
        for (const fault of plan.filter(({ after }) => after === ended)) {
          faults.push({ at, what: fault.what });
          fault.happen();
        }
      },
    });
    const faultAt = Math.min(...faults.map(({ at }) => at), Infinity);
    return { result: judge(options.algorithm, members, samples, faultAt), members, samples, faults };
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await haproxy?.stop();
    await Promise.all(backends.map((backend) => backend.stop("SIGKILL")));
    rmSync(folder, { recursive: true, force: true });
  }
}

function requireProgram(program: string, args: readonly string[], remedy: string): void {
  if (spawnSync(program, args, { stdio: "ignore" }).status === 0) return;
  throw new BalanceError(`${program} is not installed: ${remedy}`);
}

/** The stack's frontend and backend; what differs is where things are, and that one visitor may be all of them. */
async function startProxy(
  folder: string,
  stack: ReturnType<typeof proxyOf>,
  host: string,
  port: number,
  { algorithm }: Options,
): Promise<HAProxy> {
  issueCertificate(folder, host);
  const adminSocket = join(folder, "admin.sock");
  const file = join(folder, "haproxy.cfg");
  const text = renderHaproxyConfig({
    ...stack,
    balance: algorithm,
    bind: `127.0.0.1:${port}`,
    certificateFile: join(folder, "certificate.pem"),
    metricsBind: `127.0.0.1:${await freePort()}`,
    adminSocket,
    stateFile: join(folder, "servers"),
    agentPort: undefined,
    healthCheck: { ...stack.healthCheck, path: "/readyz", intervalSeconds: 1, healthyThreshold: 1 },
    slots: Math.max(16, stack.slots),
    // What a laptop's limit of open files allows.
    maxConnections: 2000,
    slowStartSeconds: 0,
    stickinessSeconds: 0,
    requestsPer10Seconds: 0,
  });
  writeFileSync(file, text);
  writeFileSync(join(folder, "servers"), "1\n");
  return HAProxy.start(file, adminSocket);
}

function issueCertificate(folder: string, host: string): void {
  const key = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    "certificate.key",
  ];
  const names = ["-subj", "/CN=balance", "-addext", `subjectAltName=DNS:${host}`];
  execFileSync("openssl", ["req", "-x509", ...key, "-out", "certificate.crt", "-days", "2", ...names], {
    cwd: folder,
    stdio: "ignore",
  });
  const parts = ["crt", "key"].map((ending) => readFileSync(join(folder, `certificate.${ending}`), "utf8"));
  writeFileSync(join(folder, "certificate.pem"), parts.join(""), { mode: 0o600 });
}

const slot = (index: number): string => `${HAPROXY_BACKEND}/server-${index + 1}`;

/** The same proportions in numbers as large as HAProxy takes, which are those that it meets best. */
function weightOf(weights: readonly number[], index: number): number {
  return (weights[index] ?? 1) * Math.floor(MOST_WEIGHT / Math.max(...weights));
}

async function untilUp(haproxy: HAProxy, wanted: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const servers = await haproxy.servers(HAPROXY_BACKEND);
    // "UP 1/3" is on its way down.
    if (servers.filter(({ status }) => status === "UP").length === wanted) return;
    await sleep(50);
  }
  throw new BalanceError("The copies of the store don't pass HAProxy's health checks.");
}

interface PlannedFault {
  /** Requests after which it happens. */
  readonly after: number;
  readonly what: string;
  readonly happen: () => void;
}

function planFaults(
  { requests, kill, drain }: Options,
  backends: readonly Backend[],
  haproxy: HAProxy,
): PlannedFault[] {
  const killed = backends.slice(backends.length - kill);
  const drained = backends.slice(backends.length - kill - drain, backends.length - kill);
  return [
    ...killed.map((backend) => ({
      after: Math.ceil(requests * FAULTS_AFTER.kill),
      what: `kill ${backend.name}`,
      happen: () => void backend.process.kill("SIGKILL"),
    })),
    ...drained.map((backend) => ({
      after: Math.ceil(requests * FAULTS_AFTER.drain),
      what: `drain ${backend.name}`,
      happen: () => void haproxy.ask(`set server ${slot(backends.indexOf(backend))} state drain`),
    })),
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
