import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { HAPROXY_BACKEND, renderHaproxyConfig } from "../../../components/proxy/haproxy-config";
import { HAProxy } from "../../../tools/balance/haproxy-process";
import { freePort, portOf } from "../../../test/support/balancers";
import { Authority } from "../../../test/support/certificates";
import { haproxyConfig } from "../../../test/support/haproxy-config";
import { ROOT } from "../../../test/support/rehearse";

const PYTHON = join(ROOT, ".venv", "bin", "python");
const source = (name: string): string => join(ROOT, "components", "proxy", name);

/** A real HAProxy and the processes of the agents, in a folder. */
export class Setting {
  readonly folder = mkdtempSync(join(tmpdir(), "agents-"));
  private readonly children: ChildProcess[] = [];
  private instances!: Server;
  haproxy!: HAProxy;
  /** The end of what the agents wrote to stderr. */
  said = "";

  get adminSocket(): string {
    return join(this.folder, "admin.sock");
  }

  /** The path that the agent uses for HAProxy's socket. */
  get agentSocket(): string {
    return join(this.folder, "agent.sock");
  }

  async start(): Promise<void> {
    new Authority(this.folder).issue("certificate", { name: "localhost", days: 2 });
    this.instances = createServer((_, response) => response.end("ok")).listen(0, "0.0.0.0");
    await once(this.instances, "listening");
    const config = haproxyConfig(this.folder, {
      bind: `127.0.0.1:${await freePort()}`,
      metricsBind: `127.0.0.1:${await freePort()}`,
      server: { port: portOf(this.instances), protocol: "http", version: "http1" },
    });
    writeFileSync(join(this.folder, "haproxy.cfg"), renderHaproxyConfig(config));
    writeFileSync(join(this.folder, "servers"), "1\n");
    this.haproxy = await HAProxy.start(join(this.folder, "haproxy.cfg"), this.adminSocket);
    // Shortens pauses by a factor of 100.
    mkdirSync(join(this.folder, "python"));
    writeFileSync(
      join(this.folder, "python", "sitecustomize.py"),
      "import time\n\nsleep = time.sleep\ntime.sleep = lambda seconds: sleep(seconds / 100)\n",
    );
  }

  private get env(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      PYTHONPATH: join(this.folder, "python"),
      PYTHONDONTWRITEBYTECODE: "1",
      ADMIN_SOCKET: this.agentSocket,
      KNOWN_FILE: join(this.folder, "known.json"),
      STATE_FILE: join(this.folder, "servers"),
      SERVER_PORT: String(portOf(this.instances)),
    };
  }

  /**
   * @param awsPort - port of AWS's API on loopback
   * @param drainSeconds - how long a server that leaves is drained
   */
  startProxyAgent(awsPort: number, drainSeconds = 0.2): ChildProcess {
    return this.spawn(PYTHON, "proxy_agent.py", {
      INSTANCE_WEIGHTS: "yes",
      AGENTS: "yes",
      POLL_SECONDS: "1",
      DRAIN_SECONDS: String(drainSeconds),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${awsPort}`,
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  }

  /** @param metadataPort - port of the metadata service on loopback */
  startBackendAgent(metadataPort: number, port: number): ChildProcess {
    return this.spawn("python3", "backend_agent.py", {
      AGENT_PORT: String(port),
      AGENT_HOST: "127.0.0.1",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${metadataPort}`,
    });
  }

  private spawn(python: string, name: string, env: Record<string, string>): ChildProcess {
    const child = spawn(python, [source(name)], {
      env: { ...this.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.on("data", (chunk) => (this.said = (this.said + String(chunk)).slice(-3000)));
    this.children.push(child);
    return child;
  }

  /** Runs the first step of a reload of HAProxy's unit. */
  async saveState(): Promise<{
    readonly isSaved: boolean;
    readonly isAccepted: boolean;
    readonly said: string;
  }> {
    const agent = spawn(PYTHON, [source("proxy_agent.py"), "save-state"], { env: this.env, stdio: "ignore" });
    const [status] = (await once(agent, "exit")) as [number | null];
    const judged = spawnSync("haproxy", ["-c", "-f", join(this.folder, "haproxy.cfg")], { encoding: "utf8" });
    return { isSaved: status === 0, isAccepted: judged.status === 0, said: judged.stderr };
  }

  /** The addresses of the servers that are up. */
  async up(): Promise<string[]> {
    const servers = await this.haproxy.servers(HAPROXY_BACKEND);
    return servers
      .filter(({ status }) => status.startsWith("UP"))
      .map(({ address }) => address)
      .sort();
  }

  async stop(): Promise<void> {
    for (const child of this.children) child.kill("SIGKILL");
    await this.haproxy?.stop();
    this.instances?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
