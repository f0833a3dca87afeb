import { spawn } from "node:child_process";

import { UsageError } from "../../packages/rehearse/cli/command-line";

/** An error that the user can fix; its message is for users, without a stack trace. */
export class CliError extends UsageError {}

/** The exit status and the output of a program. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface RunOptions {
  /** Added to this process's environment. @default none */
  readonly env?: NodeJS.ProcessEnv;
  /** The stream that shows its output while it runs. @default none */
  readonly show?: Streams["stderr"];
  /** Seconds after which it is killed. @default none */
  readonly timeoutSeconds?: number;
}

const HOW_TO_INSTALL: Readonly<Record<string, string>> = {
  pulumi: "install the Pulumi CLI, in the version of .github/pulumi-version",
  aws: "install the AWS CLI, version 2",
  gh: "install the GitHub CLI",
};

/**
 * Runs a program to its end.
 *
 * @throws CliError if it isn't installed
 */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.timeoutSeconds === undefined ? {} : { timeout: options.timeoutSeconds * 1000 }),
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      options.show?.write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      options.show?.write(text);
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      const remedy = HOW_TO_INSTALL[program] ?? `install ${program}`;
      const isMissing = error.code === "ENOENT";
      reject(
        new CliError(isMissing ? `${program} isn't on PATH: ${remedy}` : `${program}: ${error.message}`),
      );
    });
    child.once("close", (status) => resolve({ status: status ?? 1, stdout, stderr }));
  });
}

/** The output streams of a tool. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

/**
 * Runs the main function of a tool and returns its exit status; prints its errors with the tool's name.
 *
 * @param failed - the exit status when it throws
 */
export async function statusOf(
  name: string,
  main: () => Promise<number>,
  { stderr }: Pick<Streams, "stderr"> = process,
  failed = 2,
): Promise<number> {
  try {
    return await main();
  } catch (error) {
    const text =
      error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error);
    stderr.write(`${name}: ${text}\n`);
    return failed;
  }
}

/**
 * Runs the main function of a tool, and sets the process's exit status: see {@link statusOf}.
 *
 * @param failed - the exit status when it throws
 */
export function runTool(name: string, main: () => Promise<number>, failed = 2): void {
  void statusOf(name, main, process, failed).then((status) => (process.exitCode = status));
}
