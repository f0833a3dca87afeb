import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Backend } from "../../../tools/balance/backends";
import { ROOT } from "../../../test/support/rehearse";

/** The ports of all instances; each instance has its own address. */
export const PORTS = { store: 18_080, agent: 18_444 } as const;

/** An instance: a copy of the store, its agent, and the metadata service that the agent calls. */
export class Instance {
  private lifecycle = "InService";

  private constructor(
    readonly address: string,
    readonly store: Backend,
    private readonly agent: ChildProcess,
    private readonly metadata: Server,
  ) {}

  static async start(address: string, ordersFile: string): Promise<Instance> {
    const metadata = createServer().listen(0, "127.0.0.1");
    await once(metadata, "listening");
    // Lets this process end while the service runs.
    metadata.unref();
    const store = await Backend.start(address, ordersFile, {
      HOST: address,
      PORT: String(PORTS.store),
      DRAIN_SECONDS: "5",
    });
    const agent = spawn("python3", [join(ROOT, "components", "proxy", "backend_agent.py")], {
      env: {
        PATH: process.env["PATH"] ?? "",
        AGENT_PORT: String(PORTS.agent),
        AGENT_HOST: address,
        AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`,
        PYTHONDONTWRITEBYTECODE: "1",
      },
      stdio: "ignore",
    });
    const instance = new Instance(address, store, agent, metadata);
    metadata.on("request", ({ method, url = "" }, response) => {
      if (method === "PUT") return response.end("token");
      if (url.endsWith("target-lifecycle-state")) return response.end(instance.lifecycle);
      return response.writeHead(404).end();
    });
    return instance;
  }

  /** The ids of the processes that serve. */
  get pids(): { readonly store: number; readonly agent: number } {
    return { store: this.store.process.pid ?? 0, agent: this.agent.pid ?? 0 };
  }

  /**
   * Leaves as Auto Scaling requires: first its agent reports it, then the store gets SIGTERM and serves for a while.
   */
  async leave(): Promise<void> {
    this.lifecycle = "Terminated";
    await sleep(6000);
    await this.store.stop("SIGTERM");
    this.gone();
  }

  /** Ends without notice. */
  async die(): Promise<void> {
    await this.store.stop("SIGKILL");
    this.gone();
  }

  private gone(): void {
    this.agent.kill("SIGKILL");
    this.metadata.close();
    this.metadata.closeAllConnections();
  }
}
