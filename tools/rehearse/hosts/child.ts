import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import type { Transpiler } from "./transpiler";

/** Every child that is still running, so that an interrupt can end them all. */
const running = new Set<ManagedChild>();

/** Ends every child and its descendants at once. */
export function killAll(): void {
  for (const child of running) child.kill();
}

/** Ends every child and resolves when they are gone, and their ports with them. */
export async function endAll(): Promise<void> {
  const ends = [...running].map(({ exited }) => exited);
  killAll();
  await Promise.all(ends);
}

/** What to start, and where its lines go. */
export interface ChildOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly onStdout: (line: string) => void;
  readonly onStderr: (line: string) => void;
}

let transpiler: Transpiler | undefined;

/** From now on, children may have their TypeScript transpiled here. */
export function transpileWith(offered: Transpiler): void {
  transpiler = offered;
}

/** A Node.js process in a process group of its own: killing it takes its descendants along. */
export class ManagedChild {
  /** Resolves with the exit status once the process has ended and its output has been read. */
  readonly exited: Promise<number>;
  private readonly process: ChildProcess;

  constructor(options: ChildOptions) {
    this.process = spawn(process.execPath, [...options.args], {
      cwd: options.cwd,
      env: {
        ...process.env,
        ...options.env,
        ...(transpiler ? { WEB_STORE_REHEARSE_ESBUILD: transpiler.version } : {}),
      },
      stdio: ["ignore", "pipe", "pipe", ...(transpiler ? ["pipe" as const] : [])],
      detached: true,
    });
    const channel = this.process.stdio[3];
    if (channel) transpiler?.serve(channel as Duplex);
    running.add(this);
    for (const [stream, sink] of [
      [this.process.stdout, options.onStdout],
      [this.process.stderr, options.onStderr],
    ] as const) {
      if (stream) createInterface({ input: stream }).on("line", sink);
    }
    this.exited = new Promise((resolve) => {
      this.process.once("error", (error) => {
        running.delete(this);
        options.onStderr(error.message);
        resolve(1);
      });
      this.process.once("close", (code, signal) => {
        running.delete(this);
        // A descendant may outlive its parent; the group must not outlive the rehearsal.
        this.killGroup();
        resolve(code ?? (signal === null ? 1 : 128));
      });
    });
  }

  /** Ends the process and all its descendants; does nothing if they have ended. */
  kill(): void {
    if (running.has(this)) this.killGroup();
  }

  private killGroup(): void {
    if (this.process.pid === undefined) return;
    try {
      process.kill(-this.process.pid, "SIGKILL");
    } catch {
      // The group is empty already.
    }
  }
}
