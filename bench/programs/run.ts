/**
 * Rehearses public Pulumi programs, unmodified, in both modes, and writes the table of docs/compatibility.md.
 *
 * The programs are read from local mirrors of their repositories, at the commits in `programs.json`, and are never
 * committed. Their packages are linked from one folder, in which you install them first (see README.md).
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { FLAG, readCommandLine, TEXT, UsageError } from "../../packages/rehearse/cli/command-line";
import { listedPrograms, nameOf, type Program } from "./list";
import { forEach, rehearse } from "./rehearse";
import { documentOf, type Outcome } from "./table";

const ROOT = join(__dirname, "..", "..");

const USAGE = `npm run bench:programs -- --mirror DIR --packages DIR [options]

Rehearses the public programs of bench/programs/programs.json and writes docs/compatibility.md.

  --mirror DIR    bare clones of GitHub repositories: DIR/OWNER+NAME/repo
  --packages DIR  a folder whose node_modules has the programs' packages
  --only TEXT     run only programs whose repository and path contain this text
  --logs DIR      keep each program's output and result: the table is written once all have run, in one or
                  several runs
  --print         print the table instead of writing it`;

/** A pack that allows everything. */
const ALLOWS = "test/fixtures/packs/allows";

async function main(): Promise<void> {
  const line = readCommandLine(USAGE, process.argv.slice(2), {
    mirror: TEXT,
    packages: TEXT,
    only: TEXT,
    logs: TEXT,
    print: FLAG,
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
  const sources = { mirror: resolve(mirror), packages: resolve(packages) };
  const meant = all.filter((program) => nameOf(program).includes(only));
  await forEach(meant, async (program) => {
    const { status, stdout, stderr } = await rehearse(program, sources, ALLOWS, ["--mode", "both"]);
    const told = outcomeOf(program, status, `${stdout}${stderr}`);
    const name = nameOf(program);
    outcomes.set(name, told);
    console.log(`${told.result.padEnd(22)} ${name}  ${told.why}`);
    if (logs === undefined || kept === undefined) return;
    writeFileSync(join(logs, name.replaceAll("/", "+")), `${stdout}${stderr}`);
    writeFileSync(kept, JSON.stringify([...outcomes], null, 1));
  });
  const table = all.flatMap((program): Outcome[] => {
    const told = outcomes.get(nameOf(program));
    return told === undefined ? [] : [{ program, ...told }];
  });
  const document = documentOf(table, resolve(packages));
  if (print === true || table.length < all.length) console.log(document);
  else writeFileSync(join(ROOT, "docs", "compatibility.md"), document);
}

/** The part of a run's result that is saved. */
type Told = Pick<Outcome, "result" | "why">;

/** The outcome of a run, compared with the list. */
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
