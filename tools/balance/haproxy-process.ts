import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** HAProxy's data about a server. */
export interface ServerState {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** `UP`, `DOWN`, `DRAIN`, `MAINT`, followed by details. */
  readonly status: string;
  readonly weight: number;
  /** Requests that it received. */
  readonly total: number;
}

/**
 * A running HAProxy, controlled through its runtime API.
 *
 * @see https://docs.haproxy.org/2.6/management.html#9.3
 */
export class HAProxy {
  private constructor(
    readonly process: ChildProcess,
    private readonly socket: string,
  ) {}

  /**
   * Starts it and waits until it answers.
   *
   * @param file - its configuration
   * @param socket - the runtime API's socket in the configuration
   * @throws Error with HAProxy's output, if it doesn't start
   */
  static async start(file: string, socket: string): Promise<HAProxy> {
    // With a master process, as under systemd: reloading requires it.
    const process = spawn("haproxy", ["-W", "-db", "-f", file], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    process.stderr.on("data", (chunk) => (said = (said + String(chunk)).slice(-4000)));
    const haproxy = new HAProxy(process, socket);
    for (let attempt = 0; attempt < 200; attempt++) {
      if (process.exitCode !== null) break;
      if ((await haproxy.ask("show info").catch(() => "")) !== "") return haproxy;
      await sleep(25);
    }
    await haproxy.stop();
    throw new Error(`HAProxy doesn't start:\n${said.trim()}`);
  }

  /** HAProxy's answer to a command. */
  async ask(command: string): Promise<string> {
    const connection = connect(this.socket).setEncoding("utf8");
    let answer = "";
    connection.on("data", (chunk) => (answer += String(chunk)));
    connection.end(`${command}\n`);
    await once(connection, "close");
    return answer.trim();
  }

  /** The slots, by name. */
  async servers(backend: string): Promise<ServerState[]> {
    const lines = (await this.ask(`show stat ${backend} 4 -1`)).split("\n");
    const names = lines[0]?.replace(/^# /, "").split(",") ?? [];
    return lines.slice(1).map((line) => {
      const values = line.split(",");
      const field = (name: string): string => values[names.indexOf(name)] ?? "";
      const [address = "", port = "0"] = field("addr").split(":");
      const numbers = { weight: Number(field("weight")), total: Number(field("stot")) };
      return { name: field("svname"), address, port: Number(port), status: field("status"), ...numbers };
    });
  }

  /**
   * Assigns a slot to a server.
   *
   * @param weight - 0 to 256
   */
  async fill(slot: string, address: string, port: number, weight = 100): Promise<void> {
    for (const command of [
      `set server ${slot} addr ${address} port ${port}`,
      `set server ${slot} weight ${weight}`,
      `set server ${slot} state ready`,
    ])
      await this.ask(command);
  }

  /** Lets a new process take over, as `systemctl reload` does. */
  reload(): void {
    this.process.kill("SIGUSR2");
  }

  /** Stops it with its child processes. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGTERM");
    await once(this.process, "exit");
  }
}
