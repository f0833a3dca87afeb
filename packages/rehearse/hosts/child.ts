import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import type { Duplex, Writable } from "node:stream";
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

/** The process to start, and the receivers of its output. */
export interface ChildOptions {
  /** @default Node.js, the one that runs the rehearsal */
  readonly command?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onStdout: (line: string) => void;
  readonly onStderr: (line: string) => void;
  /** The control channel for `--watch`. @default none */
  readonly channel?: Channel | undefined;
  /** Takes this end of a pipe for calls; hosts/preload/calls.cjs holds the other. @default none */
  readonly calls?: ((stream: Socket) => void) | undefined;
}

/** The channel on which a watched process reports and waits. The other end is hosts/preload/watch.cjs. */
export interface Channel {
  /** Where the process waits for a save: before it starts, before its own first module, or nowhere. */
  readonly waits: "start" | "module" | "never";
  /** Takes this end. */
  readonly serve: (stream: Duplex) => void;
}

let transpiler: Transpiler | undefined;

/** Offers this process as a transpiler to child processes started from now on. */
export function transpileWith(offered: Transpiler): void {
  transpiler = offered;
}

/** Drops transpiled files after changes, because they may be outdated. */
export function transpileAnew(): void {
  transpiler?.forget();
}

/** The file descriptor of a pipe whose other end only the rehearsal holds. */
const LIFELINE = 4;

/** The file descriptor of a {@link Channel}. */
const CHANNEL = 5;

/** The file descriptor of the pipe for calls. */
const CALLS = 6;

/**
 * Runs a command that ends with the rehearsal, however the rehearsal ends and whatever the command is doing: a shell
 * waits beside it, and kills the process group when the lifeline closes without a line.
 */
const WITH_LIFELINE = `(read -r _ <&${LIFELINE} || kill -9 0) >/dev/null 2>&1 ${CHANNEL}<&- ${CALLS}<&- & exec "$0" "$@" ${LIFELINE}<&-`;

/** A process in a process group of its own: killing the group also kills its descendants. */
export class ManagedChild {
  /** Resolves with the exit status once the process has ended and its output has been read. */
  readonly exited: Promise<number>;
  private readonly process: ChildProcess;

  constructor(options: ChildOptions) {
    const { command = process.execPath, args } = options;
    // Windows has neither this shell nor process groups.
    const [file, words] =
      process.platform === "win32"
        ? [command, [...args]]
        : ["/bin/sh", ["-c", WITH_LIFELINE, command, ...args]];
    this.process = spawn(file, words, {
      cwd: options.cwd,
      env: {
        ...process.env,
        ...options.env,
        ...(transpiler ? { REHEARSE_ESBUILD: transpiler.version } : {}),
        ...(options.channel ? { REHEARSE_WATCH: options.channel.waits } : {}),
        ...(options.calls ? { REHEARSE_CALLS: "1" } : {}),
      },
      stdio: [
        ...(["ignore", "pipe", "pipe", transpiler ? "pipe" : "ignore", "pipe"] as const),
        options.channel ? "pipe" : "ignore",
        options.calls ? "pipe" : "ignore",
      ],
      detached: true,
    });
    const channel = this.process.stdio[3];
    if (channel) transpiler?.serve(channel as Duplex);
    const pipes = this.process.stdio as readonly unknown[];
    options.channel?.serve(pipes[CHANNEL] as Duplex);
    options.calls?.(pipes[CALLS] as Socket);
    running.add(this);
    for (const [stream, sink] of [
      [this.process.stdout, options.onStdout],
      [this.process.stderr, options.onStderr],
    ] as const) {
      if (stream) createInterface({ input: stream }).on("line", sink);
    }
    const lifeline = this.process.stdio[LIFELINE] as Writable;
    lifeline.on("error", () => undefined); // The shell at the other end has been killed.
    this.process.once("exit", () => lifeline.end("\n"));
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
        resolve(code ?? (signal === null ? 1 : 128 + constants.signals[signal]));
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
      // The group is already empty.
    }
  }
}

/**
 * Runs a command to its end.
 *
 * @param env - added to this process's own environment. @default none
 * @returns its exit status and what it printed
 */
export async function runToEnd(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly output: string }> {
  const lines: string[] = [];
  const take = (line: string): void => void lines.push(line);
  const child = new ManagedChild({ command, args, cwd, env, onStdout: take, onStderr: take });
  return { status: await child.exited, output: lines.join("\n") };
}

/** How a process ended, in words. @param status - its exit status, or 128 plus the number of the signal that ended it */
export function howItEnded(status: number): string {
  const signal = Object.entries(constants.signals).find(([, number]) => status === 128 + number)?.[0];
  if (signal === undefined) return `ended with status ${status}`;
  const isOfTheSystem = signal === "SIGKILL" ? ", which the system sends when memory runs out" : "";
  return `was ended by ${signal}${isOfTheSystem}`;
}
