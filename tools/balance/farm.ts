import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  HAPROXY_BACKEND,
  type HaproxyConfig,
  renderHaproxyConfig,
} from "../../components/proxy/haproxy-config";
import { Backend } from "./backends";
import { HAProxy } from "./haproxy-process";
import { CliError } from "../cli/command";
import { freePort } from "./ports";
import { hostOf, proxyOf } from "./stack";

/** The setup of a farm. */
export interface FarmArgs {
  /** The stack whose frontend is used: the name in `Pulumi.<stack>.yaml`. */
  readonly stack: string;
  /** The number of copies of the store. */
  readonly backends: number;
  /** Changes to the stack's configuration. */
  readonly changes?: Partial<HaproxyConfig>;
  /** Environment variables of the copies. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * HAProxy with a stack's own frontend, copies of the store that share their orders, and a newly generated
 * certificate: all on this machine, in a temporary folder.
 */
export class Farm {
  readonly folder = mkdtempSync(join(tmpdir(), "balance-"));
  readonly backends: Backend[] = [];
  haproxy!: HAProxy;
  /** HAProxy's port for HTTPS. */
  port = 0;
  /** The host name that the frontend serves, also in the certificate. */
  host = "";

  private constructor(private readonly args: FarmArgs) {}

  /**
   * Starts everything except the slots, which {@link fill} assigns to the copies.
   *
   * @throws CliError if a required program is missing
   */
  static async start(args: FarmArgs): Promise<Farm> {
    requireProgram(
      "haproxy",
      ["-v"],
      "apt-get install haproxy, brew install haproxy, or dnf install haproxy",
    );
    requireProgram("openssl", ["version"], "apt-get install openssl");
    const farm = new Farm(args);
    try {
      // The first one creates the database that all share.
      await farm.add();
      const others = Array.from({ length: args.backends - 1 }, (_, index) => farm.startCopy(index + 1));
      const started = await Promise.allSettled(others);
      farm.backends.push(...started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
      for (const one of started) if (one.status === "rejected") throw one.reason;
      await farm.startProxy();
      return farm;
    } catch (error) {
      await farm.stop();
      throw error;
    }
  }

  /** The certificate for clients to trust; PEM. */
  get ca(): string {
    return readFileSync(join(this.folder, "certificate.crt"), "utf8");
  }

  /** The file in which the copies store their orders. */
  get ordersFile(): string {
    return join(this.folder, "orders.sqlite");
  }

  /** Starts one more copy. */
  async add(): Promise<Backend> {
    const backend = await this.startCopy(this.backends.length);
    this.backends.push(backend);
    return backend;
  }

  private startCopy(index: number): Promise<Backend> {
    return Backend.start(`store-${index + 1}`, this.ordersFile, this.args.environment);
  }

  /** The name of a copy's slot in the runtime API. */
  slot(backend: Backend): string {
    return `${HAPROXY_BACKEND}/server-${this.backends.indexOf(backend) + 1}`;
  }

  /** Assigns a slot to a copy, with a weight from 0 to 256. */
  fill(backend: Backend, weight?: number): Promise<void> {
    return this.haproxy.fill(this.slot(backend), "127.0.0.1", backend.port, weight);
  }

  /** Waits until a number of copies receive requests. */
  async untilUp(wanted: number): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const servers = await this.haproxy.servers(HAPROXY_BACKEND);
      // "UP 1/3" is about to go down.
      if (servers.filter(({ status }) => status === "UP").length === wanted) return;
      await sleep(50);
    }
    throw new CliError("The copies of the store don't pass HAProxy's health checks.");
  }

  /** The differences on this machine: paths, and that one client may make all requests. */
  private async startProxy(): Promise<void> {
    const stack = proxyOf(this.args.stack, { port: 8080, protocol: "http", version: "http1" });
    this.port = await freePort();
    this.host = hostOf(stack);
    issueCertificate(this.folder, this.host);
    const adminSocket = join(this.folder, "admin.sock");
    const stateFile = join(this.folder, "servers");
    writeFileSync(stateFile, "1\n");
    const file = join(this.folder, "haproxy.cfg");
    const text = renderHaproxyConfig({
      ...stack,
      bind: `127.0.0.1:${this.port}`,
      certificateFile: join(this.folder, "certificate.pem"),
      metricsBind: `127.0.0.1:${await freePort()}`,
      adminSocket,
      stateFile,
      agentPort: undefined,
      healthCheck: { ...stack.healthCheck, path: "/readyz", intervalSeconds: 1, healthyThreshold: 1 },
      slots: Math.max(16, stack.slots),
      slowStartSeconds: 0,
      stickinessSeconds: 0,
      requestsPer10Seconds: 0,
      // Within a laptop's limit of open files.
      maxConnections: 2000,
      ...this.args.changes,
    });
    writeFileSync(file, text);
    this.haproxy = await HAProxy.start(file, adminSocket);
  }

  /** Saves the state of the servers, and lets a new process take over. */
  async reload(): Promise<void> {
    const state = await this.haproxy.ask(`show servers state ${HAPROXY_BACKEND}`);
    writeFileSync(join(this.folder, "servers"), `${state}\n`);
    this.haproxy.reload();
  }

  /** Stops everything at once, without waiting: for a signal. */
  abort(): void {
    for (const { process: child } of this.backends) child.kill("SIGKILL");
    this.haproxy?.process.kill("SIGTERM");
  }

  /** Stops everything. */
  async stop(): Promise<void> {
    await this.haproxy?.stop();
    await Promise.all(this.backends.map((backend) => backend.stop("SIGKILL")));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function requireProgram(program: string, args: readonly string[], remedy: string): void {
  if (spawnSync(program, args, { stdio: "ignore" }).status === 0) return;
  throw new CliError(`${program} is not installed: ${remedy}`);
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
