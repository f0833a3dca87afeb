import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

import { checkOut } from "./checkout";
import type { Program } from "./list";

const ROOT = join(__dirname, "..", "..");

/** Programs that run at a time. */
const PARALLEL = 2;

/** Seconds that a program gets in each mode. */
const TIMEOUT = 120;

/** What the settings of a program without its own are. */
const DEFAULTS = { "aws:region": "us-west-2" };

/** Where programs and their packages come from: absolute paths. */
export interface Sources {
  /** The folder with a bare repository `owner+name/repo` for each. */
  readonly mirror: string;
  /** The folder whose `node_modules` the programs get. */
  readonly packages: string;
}

/** How a rehearsal ended, and what it printed. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs something for each program, few at a time. */
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
 * Rehearses a program, unmodified, in a folder of its own.
 *
 * @param pack - a folder in this repository
 * @param options - the rehearsal's, beside those that name program, pack and settings
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

/** Gives a program, and each folder above it in which it might look for packages of its own, the same packages. */
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
