import { spawn } from "node:child_process";

import { run } from "../../tools/probe/main";
import type { Check, Report } from "../../tools/probe/types";
import { captured, endOf, ROOT, type Run } from "./rehearse";

/** Runs the probe's command line: in this process, unless a test sets its environment. */
export async function probe(args: readonly string[], environment?: Record<string, string>): Promise<Run> {
  if (environment === undefined) return captured((streams) => run(args, streams));
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "tools/probe/main.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_NO_WARNINGS: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return endOf(child);
}

/** Runs the probe with JSON output: returns the exit status, the report, and its checks by id. */
export async function probeJson(
  args: readonly string[],
): Promise<{ status: number | null; report: Report; check: (id: Check["id"]) => Check | undefined }> {
  const { status, stdout, stderr } = await probe([...args, "--json"]);
  if (stdout === "") throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  return { status, report, check: (id) => report.checks.find((each) => each.id === id) };
}
