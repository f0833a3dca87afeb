import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, connect, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { CliError } from "../cli/command";

const ROOT = join(__dirname, "..", "..");

/** A copy of the store. */
export class Backend {
  private relay: Server | undefined;

  private constructor(
    /** Its name in `X-Served-By`. */
    readonly name: string,
    readonly process: ChildProcess,
    private readonly ownPort: number,
  ) {}

  /**
   * Starts one, and waits until it is ready.
   *
   * @param ordersFile - the file that the copies share for their orders
   */
  static async start(
    name: string,
    ordersFile: string,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<Backend> {
    const process = spawn(globalThis.process.execPath, ["--require", "tsx/cjs", "app/main.ts"], {
      cwd: ROOT,
      env: {
        ...globalThis.process.env,
        PORT: "0",
        HOST: "127.0.0.1",
        INSTANCE_ID: name,
        ORDERS_FILE: ordersFile,
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    process.stderr.on("data", (chunk) => (said = (said + String(chunk)).slice(-2000)));
    let port = 0;
    for await (const line of createInterface({ input: process.stdout })) {
      const entry = JSON.parse(line) as { readonly event: string; readonly port?: number };
      if (entry.event === "listening") port = entry.port ?? 0;
      if (entry.event === "ready") break;
    }
    if (port === 0) throw new CliError(`A copy of the store doesn't start:\n${said}`);
    // Its log isn't read from here on.
    process.stdout.resume();
    return new Backend(name, process, port);
  }

  /** The port for the balancer. */
  get port(): number {
    return this.relay === undefined ? this.ownPort : (this.relay.address() as AddressInfo).port;
  }

  /** Delays its answers by holding back what it receives. */
  async slowDown(milliseconds: number): Promise<void> {
    this.relay = createServer((client) => {
      const store = connect(this.ownPort, "127.0.0.1");
      client.on("data", (chunk) => setTimeout(() => store.writable && store.write(chunk), milliseconds));
      store.pipe(client);
      const end = (): void => void (client.destroy(), store.destroy());
      for (const socket of [client, store]) socket.on("error", end).on("close", end);
    });
    this.relay.listen(0, "127.0.0.1");
    await once(this.relay, "listening");
  }

  /** Stops it: immediately for `SIGKILL`, otherwise as Auto Scaling does. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.relay?.close();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGCONT");
    this.process.kill(signal);
    await once(this.process, "exit");
  }
}
