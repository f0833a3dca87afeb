import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { once } from "node:events";

import type { Check, Report } from "../../tools/probe/types";
import { ROOT } from "./rehearse";

/** How a run of the probe ended. */
export interface Probed {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the probe's command line. */
export async function probe(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Probed> {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "tools/probe/main.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_NO_WARNINGS: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[status], stdout, stderr] = await Promise.all([
    once(child, "exit") as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, stdout, stderr };
}

/** Runs it for JSON: the exit status, the report, and its checks by their ids. */
export async function probeJson(
  args: readonly string[],
): Promise<{ status: number | null; report: Report; check: (id: Check["id"]) => Check | undefined }> {
  const { status, stdout, stderr } = await probe([...args, "--json"]);
  if (stdout === "") throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  return { status, report, check: (id) => report.checks.find((each) => each.id === id) };
}
