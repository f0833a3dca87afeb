import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

import { watchMemory } from "./process-tree.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const cdkApp = join(project, "bench", "cdk");

/**
 * A side of the comparison: a way from source to a checked plan of both stacks.
 *
 * @typedef {object} Side
 * @property {string} title - its name in the table
 * @property {string} cwd - the folder to run in
 * @property {() => void} prepare - installs and builds what is missing; not timed
 * @property {(scratch: string) => string[]} command - the command, given an empty folder of its own
 * @property {Record<string, string>} [env] - further environment variables
 */

/** CDK without everything that a plan doesn't need: look-ups, credentials, notices, telemetry. */
const quietCdk = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_REGION: "eu-west-1",
  CDK_DISABLE_CLI_TELEMETRY: "true",
  CDK_DISABLE_VERSION_CHECK: "true",
};

/**
 * Without CDK's own template validation, which runs in addition to cdk-nag and costs more than all the rest; see
 * README.md.
 */
const withoutTemplateValidation = { ...quietCdk, CDK_VALIDATION: "false" };

const rehearsal = {
  title: "rehearsal",
  cwd: project,
  prepare: () => {},
  command: () => [
    process.execPath,
    join("packages", "rehearse", "bin.cjs"),
    "--mode",
    "preview",
    "--config-file",
    join("examples", "minimal-dev.yaml"),
    "--config-file",
    join("examples", "minimal-prod.yaml"),
  ],
};

/** @type {Record<"rehearsal" | "cdk" | "rehearsalAnew" | "cdkWithoutValidation" | "cdkWithoutCli", Side>} */
export const sides = {
  rehearsal,
  cdk: { title: "cdk synth", cwd: cdkApp, prepare: prepareCdk, command: cdkSynth, env: quietCdk },
  rehearsalAnew: { ...rehearsal, title: "rehearsal, nothing kept", env: { REHEARSE_CACHE: "off" } },
  cdkWithoutValidation: {
    title: "cdk synth, no template validation",
    cwd: cdkApp,
    prepare: prepareCdk,
    command: cdkSynth,
    env: withoutTemplateValidation,
  },
  cdkWithoutCli: {
    title: "node app.js, no CDK CLI",
    cwd: cdkApp,
    prepare: prepareCdk,
    command: () => [process.execPath, join("dist", "app.js")],
    env: withoutTemplateValidation,
  },
};

function cdkSynth(scratch) {
  return [
    process.execPath,
    join("node_modules", "aws-cdk", "bin", "cdk"),
    "synth",
    "*",
    "--quiet",
    "--no-notices",
    "--no-version-reporting",
    "--no-lookups",
    "--output",
    join(scratch, "cdk.out"),
  ];
}

/** Installs CDK and compiles the app, each only when it is missing or out of date. */
function prepareCdk() {
  const installed = changedAt("node_modules/.package-lock.json");
  if (!(installed >= changedAt("package-lock.json"))) npm("ci", "--no-audit", "--no-fund");
  const sources = readdirSync(join(cdkApp, "src")).map((file) => join("src", file));
  const newest = Math.max(...[...sources, "tsconfig.json", "package-lock.json"].map(changedAt));
  if (!(changedAt(join("dist", "app.js")) >= newest)) npm("run", "--silent", "build");
}

function npm(...args) {
  // Standard output is for the side's own output, so npm's output goes to standard error.
  const { status, error } = spawnSync("npm", args, { cwd: cdkApp, stdio: ["ignore", 2, 2] });
  if (status !== 0)
    throw new Error(`npm ${args.join(" ")} failed in bench/cdk: ${error?.message ?? `status ${status}`}`);
}

/** The modification time of a file of the CDK app, in milliseconds since the epoch; NaN for a missing file. */
function changedAt(file) {
  return statSync(join(cdkApp, file), { throwIfNoEntry: false })?.mtimeMs ?? NaN;
}

/**
 * The result of one run.
 *
 * @typedef {object} Run
 * @property {number} status - exit status; 128 and more for a signal, as in a shell
 * @property {string} output - standard output and standard error, unless inherited
 * @property {number} wall - seconds from start to end
 * @property {number} cpu - seconds of processor time, user and system, of the process and its descendants
 * @property {number | undefined} memory - highest sum of PSS in bytes, if requested
 */

/**
 * Runs a side once, cold: with new processes, and an empty folder for temporary files, so that no cache on disk is warm
 * except the operating system's and the rehearsal's cache of installed packages and sources.
 *
 * @param {Side} side - prepared
 * @param {{ inherit?: boolean, memory?: boolean }} [options] - whether the output goes to this process's output;
 * whether to sample memory, which slows down the run
 * @returns {Promise<Run>}
 */
export async function runCold(side, { inherit = false, memory = false } = {}) {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  try {
    const started = performance.now();
    const output = inherit ? "inherit" : "pipe";
    // The shell reports the processor time of its child processes; Node.js reports only its own.
    const child = spawn(
      "sh",
      ["-c", '"$@"; status=$?; times >&3; exit $status', "sh", ...side.command(scratch)],
      {
        cwd: side.cwd,
        stdio: ["ignore", output, output, "pipe"],
        env: { ...env, TMPDIR: scratch, CDK_HOME: scratch, ...side.env },
      },
    );
    const ended = new AbortController();
    const peak = memory ? watchMemory(child.pid, ended.signal) : undefined;
    const [status, times, ...printed] = await Promise.all([
      new Promise((resolve, reject) =>
        child
          .on("error", reject)
          .on("exit", (status, signal) => resolve(status ?? 128 + constants.signals[signal])),
      ).finally(() => ended.abort()),
      text(child.stdio[3]),
      ...(inherit ? [] : [text(child.stdout), text(child.stderr)]),
    ]);
    const wall = (performance.now() - started) / 1000;
    return { status, output: printed.join(""), wall, cpu: childrenSeconds(times), memory: await peak };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The user and system time of child processes, from the second line that `times` prints, as `0m1.25s 0m0.31s`. */
function childrenSeconds(times) {
  const [user, system] = [...(times.split("\n")[1] ?? "").matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return user + system;
}
