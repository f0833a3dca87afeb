import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

import { checkOut } from "./checkout";
import type { Program } from "./list";

const ROOT = join(__dirname, "..", "..");

/** Number of programs that run in parallel. */
const PARALLEL = 2;

/** Time limit of a program in each mode, in seconds. */
const TIMEOUT = 120;

/** The settings of a program without its own. */
const DEFAULTS = { "aws:region": "us-west-2" };

/** The sources of programs and their packages, as absolute paths. */
export interface Sources {
  /** The folder with a bare repository `owner+name/repo` for each. */
  readonly mirror: string;
  /** The folder whose `node_modules` the programs use. */
  readonly packages: string;
}

/** A rehearsal's exit status and output. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a function for each program, a few in parallel. */
export async function forEach(
  programs: readonly Program[],
  run: (program: Program) => Promise<void>,
): Promise<void> {
  const waiting = [...programs];
  const work = async (): Promise<void> => {
    for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) await run(program);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

/**
 * Rehearses a program, unmodified, in its own folder.
 *
 * @param pack - a folder in this repository
 * @param options - options of the rehearsal, in addition to those for the program, the pack and the settings
 */
export async function rehearse(
  program: Program,
  { mirror, packages }: Sources,
  pack: string,
  options: readonly string[],
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  try {
    const own = checkOut(program, mirror, folder);
    const directory = program.over === undefined ? own : join(folder, program.over);
    if (directory !== own) cpSync(own, directory, { recursive: true });
    link(directory, folder, packages);
    const config = join(folder, "Pulumi.dev.yaml");
    const answers = join(folder, "answers.json");
    writeFileSync(config, JSON.stringify({ config: { ...DEFAULTS, ...program.config } }));
    writeFileSync(answers, JSON.stringify(program.answers ?? {}));
    return await run(program.env ?? {}, [
      "--program",
      directory,
      "--config-file",
      config,
      "--answers",
      answers,
      "--policy-pack",
      join(ROOT, pack),
      "--timeout",
      String(TIMEOUT),
      ...options,
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Links the packages into a program's folder and into each folder above it in which the program might look for
 * packages.
 */
function link(directory: string, top: string, packages: string): void {
  const target = join(packages, "node_modules");
  for (let folder = directory; folder.startsWith(top); folder = dirname(folder))
    if (!existsSync(join(folder, "node_modules"))) symlinkSync(target, join(folder, "node_modules"));
}

async function run(own: object, args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, ...own, NO_COLOR: "1", PULUMI_CONFIG_PASSPHRASE: "" };
  const child = spawn(process.execPath, [join(ROOT, "packages/rehearse/bin.cjs"), ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}
