/**
 * Rehearses public Pulumi programs with our pack, without configuration, in previews. Saves the findings, and writes
 * docs/precision.md from these and from our judgements.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { format, resolveConfig } from "prettier";

import { FLAG, readCommandLine, TEXT, UsageError } from "../../packages/rehearse/cli/command-line";
import type { JsonStack } from "../../packages/rehearse/report/json";
import { listedPrograms, nameOf } from "./list";
import { forEach, rehearse } from "./rehearse";
import { faultsOf, type Judgement, precisionOf, type Told } from "./precision-document";

const ROOT = join(__dirname, "..", "..");

const USAGE = `npm run bench:precision -- --mirror DIR --packages DIR [options]
npm run bench:precision -- --written

Rehearses the public programs of bench/programs/programs.json with the pack, saves its findings in
bench/programs/findings.json, and writes docs/precision.md from them and from bench/programs/judgements.json.

  --mirror DIR    bare clones of GitHub repositories: DIR/OWNER+NAME/repo
  --packages DIR  a folder whose node_modules has the programs' packages
  --only TEXT     run only programs whose repository and path contain this text, and keep the findings of the others
  --written       run nothing, and write the document from the saved findings`;

const FINDINGS = join(__dirname, "findings.json");
const JUDGEMENTS = join(__dirname, "judgements.json");
const DOCUMENT = join(ROOT, "docs", "precision.md");

async function main(): Promise<void> {
  const line = readCommandLine(USAGE, process.argv.slice(2), {
    mirror: TEXT,
    packages: TEXT,
    only: TEXT,
    written: FLAG,
  });
  if (line === undefined) return console.log(USAGE);
  const { mirror, packages, only = "", written = false } = line.values;
  const all = listedPrograms();
  const told = new Map(existsSync(FINDINGS) ? entriesOf(read<readonly Told[]>(FINDINGS)) : []);
  if (!written) {
    if (mirror === undefined || packages === undefined || !existsSync(join(packages, "node_modules")))
      throw new UsageError(
        `--mirror and --packages are needed; --packages DIR must have node_modules\n\n${USAGE}`,
      );
    const sources = { mirror: resolve(mirror), packages: resolve(packages) };
    const meant = all.filter((program) => nameOf(program).includes(only));
    await forEach(meant, async (program) => {
      const { status, stdout, stderr } = await rehearse(program, sources, "policies", ["--json"]);
      const found = toldOf(nameOf(program), status, stdout);
      told.set(found.program, found);
      console.log(`${String(found.mandatory?.length ?? "-").padStart(3)} ${found.program}`);
      if (found.mandatory === undefined && program.fails === undefined) console.error(`${stdout}${stderr}`);
    });
    await write(FINDINGS, JSON.stringify(all.flatMap((program) => told.get(nameOf(program)) ?? [])));
  }
  const findings = read<readonly Told[]>(FINDINGS);
  const judged = read<readonly Judgement[]>(JUDGEMENTS);
  const faults = faultsOf(findings, judged);
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  await write(DOCUMENT, precisionOf(findings, judged));
}

/** Writes a file, formatted with prettier. */
async function write(path: string, text: string): Promise<void> {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

function entriesOf(told: readonly Told[]): [string, Told][] {
  return told.map((one) => [one.program, one]);
}

/** The part of a rehearsal's result that is saved. */
function toldOf(program: string, status: number, stdout: string): Told {
  if (status > 1) return { program };
  const { stacks } = JSON.parse(stdout) as { readonly stacks: readonly JsonStack[] };
  const findings = stacks.flatMap((stack) => stack.findings);
  const advisory: Record<string, number> = {};
  for (const { policy, level } of findings)
    if (level === "advisory") advisory[policy] = (advisory[policy] ?? 0) + 1;
  return {
    program,
    mandatory: findings
      .filter(({ level }) => level === "mandatory")
      .map(({ policy, urn, message }) => ({
        rule: policy,
        resource: urn.split("::").slice(2).join("::"),
        says: saidIn(message),
      })),
    advisory,
  };
}

/** A message's text about the resource: the lines between the rule's description and the fix. */
function saidIn(message: string): string {
  return message
    .split("\n")
    .slice(1)
    .filter((line) => !line.startsWith("Fix: "))
    .join(" ");
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
});
