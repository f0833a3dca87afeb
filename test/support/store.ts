/** Runs the sample store as a process. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { bundleStore } from "../../components/store/bundle";
import { ROOT } from "./rehearse";

let bundled: string | undefined;

/** The store as a single script, which starts in a fraction of the time that its sources take. */
function program(): string {
  if (bundled !== undefined) return bundled;
  // Placed beside the packages, because SQLite's package isn't bundled.
  const folder = join(ROOT, "node_modules", ".cache");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `store-${process.pid}.cjs`);
  writeFileSync(file, bundleStore());
  process.once("exit", () => rmSync(file, { force: true }));
  return (bundled = file);
}

/** A line of its log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** A store that listens on a port of loopback. */
export class Store {
  readonly log: LogLine[] = [];
  private waiting: (() => void)[] = [];

  private constructor(
    readonly process: ChildProcess,
    private readonly folder: string,
  ) {
    if (process.stdout === null) throw new Error("The store's output isn't piped.");
    createInterface({ input: process.stdout }).on("line", (line) => {
      this.log.push(JSON.parse(line) as LogLine);
      for (const wake of this.waiting.splice(0)) wake();
    });
    process.once("exit", () => {
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /** Starts a store and waits until it is ready, or, with `event`, until it logs that event. */
  static async start(
    environment: Readonly<Record<string, string>> = {},
    { event = "ready", command = [program()], cwd = ROOT } = {},
  ): Promise<Store> {
    const folder = mkdtempSync(join(tmpdir(), "store-"));
    const child = spawn(process.execPath, command, {
      cwd,
      env: { ...process.env, PORT: "0", ORDERS_FILE: join(folder, "orders.sqlite"), ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const store = new Store(child, folder);
    await store.says(event);
    return store;
  }

  /** Waits for a line of the log. */
  async says(event: string): Promise<LogLine> {
    for (;;) {
      const line = this.log.find((each) => each.event === event);
      if (line) return line;
      if (this.process.exitCode !== null || this.process.signalCode !== null)
        throw new Error(`the store ended without logging ${event}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  get port(): number {
    return Number(this.log.find(({ event }) => event === "listening")?.["port"]);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Stops it with SIGTERM or the given signal, and resolves with its exit status. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill(signal);
      await once(this.process, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
    return this.process.exitCode;
  }
}

/** A visitor: keeps cookies, and sends forms as a browser does. */
export class Visitor {
  /** Its cookies. */
  cookies = "";

  constructor(private readonly url: string) {}

  /** The same visitor at another store. */
  at(url: string): Visitor {
    const visitor = new Visitor(url);
    visitor.cookies = this.cookies;
    return visitor;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.keep(
      await fetch(`${this.url}${path}`, {
        headers: { cookie: this.cookies, ...headers },
        redirect: "manual",
      }),
    );
  }

  async post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { cookie: this.cookies, origin: this.url, ...headers },
      redirect: "manual",
    });
    return this.keep(response);
  }

  /** Puts products into the cart, one after the other. */
  async fill(quantities: Readonly<Record<string, number>>): Promise<void> {
    for (const [sku, quantity] of Object.entries(quantities))
      await this.post("/cart", { sku, quantity: String(quantity) });
  }

  /** Places an order, and returns the status and the JSON response. */
  async order(
    key: string,
    fields: Record<string, string> = { name: "Ada", address: "1 Main Street" },
  ): Promise<{ status: number; id?: string; faults?: string[] }> {
    const response = await this.post("/checkout", fields, {
      accept: "application/json",
      "idempotency-key": key,
    });
    return { status: response.status, ...((await response.json()) as { id?: string; faults?: string[] }) };
  }

  private keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) this.cookies = line.split(";")[0] ?? "";
    return response;
  }
}
