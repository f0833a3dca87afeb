/**
 * Rehearses public Pulumi programs, unmodified, in both modes, and writes the table of docs/compatibility.md.
 *
 * The programs are looked up in local mirrors of their repositories, at the commits that `programs.json` names, and never
 * committed. Their packages are linked from one folder, in which somebody has installed them (see README.md).
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";

import { FLAG, readCommandLine, TEXT, UsageError } from "../../packages/rehearse/cli/command-line";
import { checkOut } from "./checkout";
import { listedPrograms, type Program } from "./list";
import { documentOf, type Outcome } from "./table";

const ROOT = join(__dirname, "..", "..");

const USAGE = `npm run bench:programs -- --mirror DIR --packages DIR [options]

Rehearses the public programs of bench/programs/programs.json and writes docs/compatibility.md.

  --mirror DIR    bare repositories of GitHub's: DIR/OWNER+NAME/repo
  --packages DIR  a folder with node_modules that has the programs' packages
  --only TEXT     run only programs whose repository and path have this text
  --logs DIR      keep what each program printed, and how it ended: the table is written when all have run, in one go or
                  several
  --print         print the table instead of writing it`;

/** Programs that run at a time. */
const PARALLEL = 2;

/** Seconds that a program gets in each mode. */
const TIMEOUT = 120;

/** What the settings of a program without its own are. */
const DEFAULTS = { "aws:region": "us-west-2" };

async function main(): Promise<void> {
  const line = readCommandLine(USAGE, process.argv.slice(2), {
    ...{ mirror: TEXT, packages: TEXT, only: TEXT, logs: TEXT, print: FLAG },
  });
  if (line === undefined) return console.log(USAGE);
  const { mirror, packages, only = "", logs, print } = line.values;
  if (mirror === undefined || packages === undefined || !existsSync(join(packages, "node_modules")))
    throw new UsageError(
      `--mirror and --packages are needed; --packages DIR must have node_modules\n\n${USAGE}`,
    );
  const all = listedPrograms();
  const kept = logs === undefined ? undefined : join(logs, "outcomes.json");
  const outcomes = new Map<string, Told>(
    kept !== undefined && existsSync(kept)
      ? (JSON.parse(readFileSync(kept, "utf8")) as [string, Told][])
      : [],
  );
  const waiting = all.filter((program) => nameOf(program).includes(only));
  const work = async (): Promise<void> => {
    for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) {
      const { told, output } = await rehearsed(program, resolve(mirror), resolve(packages));
      const name = nameOf(program);
      outcomes.set(name, told);
      console.log(`${told.result.padEnd(22)} ${name}  ${told.why}`);
      if (logs === undefined || kept === undefined) continue;
      writeFileSync(join(logs, name.replaceAll("/", "+")), output);
      writeFileSync(kept, JSON.stringify([...outcomes], null, 1));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  const table = all.flatMap((program): Outcome[] => {
    const told = outcomes.get(nameOf(program));
    return told === undefined ? [] : [{ program, ...told }];
  });
  const document = documentOf(table, resolve(packages));
  if (print === true || table.length < all.length) console.log(document);
  else writeFileSync(join(ROOT, "docs", "compatibility.md"), document);
}

/** What is kept of a run. */
type Told = Pick<Outcome, "result" | "why">;

function nameOf({ repository, path }: Program): string {
  return `${repository}/${path}`;
}

/** Runs a program in both modes. */
async function rehearsed(
  program: Program,
  mirror: string,
  packages: string,
): Promise<{ readonly told: Told; readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  try {
    const directory = checkOut(program, mirror, folder);
    link(directory, folder, packages);
    const config = join(folder, "Pulumi.dev.yaml");
    const answers = join(folder, "answers.json");
    writeFileSync(config, JSON.stringify({ config: { ...DEFAULTS, ...program.config } }));
    writeFileSync(answers, JSON.stringify(program.answers ?? {}));
    const { status, output } = await run(program.env ?? {}, [
      ...["--program", directory, "--config-file", config, "--answers", answers, "--mode", "both"],
      ...["--policy-pack", join(ROOT, "test/fixtures/packs/allows"), "--timeout", String(TIMEOUT)],
    ]);
    return { told: outcomeOf(program, status, output), output };
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

async function run(
  own: object,
  args: readonly string[],
): Promise<{ readonly status: number; readonly output: string }> {
  const env = { ...process.env, ...own, NO_COLOR: "1", PULUMI_CONFIG_PASSPHRASE: "" };
  const child = spawn(process.execPath, [join(ROOT, "packages/rehearse/bin.cjs"), ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, output: `${stdout}${stderr}` };
}

/** What the run says of the program, and whether that is what the list says. */
function outcomeOf(program: Program, status: number, output: string): Told {
  const { fails } = program;
  const unjudged = [...new Set([...output.matchAll(/^ {4}(\S+) \(\S+\)$/gm)].map(([, type = ""]) => type))];
  if (status <= 1) {
    const stale = fails === undefined ? "" : "; the list says that it fails";
    const why = unjudged.length === 0 ? "" : `not judged: ${unjudged.join(", ")}`;
    return { result: "ran in both modes", why: why + stale };
  }
  if (fails !== undefined && output.includes(fails.says)) return { result: fails.cause, why: fails.why };
  const missing = /Cannot find (?:module|package) '([^'./][^']*)'/.exec(output)?.[1];
  if (missing !== undefined && !missing.startsWith("@pulumi/pulumi"))
    return { result: "package not installed", why: missing };
  const [, first = output.slice(0, 200)] = /error: (.*)/.exec(output) ?? [];
  return { result: "ours", why: first.trim() };
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
});
