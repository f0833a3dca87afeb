// npm run bench:policies: runs our pack and its peers on the corpus.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { killAll } from "../../packages/rehearse/hosts/child";
import { Schemas } from "./cloudformation/schemas";
import { type Template, translate } from "./cloudformation/translate";
import { type Program, programsOf, runsOf, twinOf } from "./corpus";
import type { Reports } from "./findings";
import { installNodePackages, installPythonTool, pythonVersionOf } from "./install";
import { cdkNag, cfnLint, checkov, REGION, schemaFolder, writeTemplates } from "./linters";
import { awsGuard, judge, ownPack } from "./packs";
import { versionOf } from "./print";
import { type Rehearsed, rehearseAll } from "./rehearse";
import { documentOf, rowsOf, type Tool, verdictsOf } from "./verdicts";

const ROOT = join(__dirname, "..", "..");
const RESULTS = join(__dirname, "results");

const USAGE = `npm run bench:policies -- [options]

Prints the findings of our pack and its peers for the programs in corpus/, and writes them to docs/policy-peers.md
and .csv. Each program's findings and its template are in bench/policies/results/ afterwards.

  --corpus DIR  use another corpus (default: corpus)
  --no-write    only print
  --reuse       reuse the rehearsals of the last run
  --help        print this help`;

main().catch((error: unknown) => {
  console.error(`bench:policies: ${error instanceof Error ? error.message : String(error)}`);
  killAll();
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      corpus: { type: "string", default: join(ROOT, "corpus") },
      "no-write": { type: "boolean", default: false },
      reuse: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  installNodePackages();
  for (const tool of ["cfn-lint", "checkov"]) installPythonTool(tool);
  const corpus = resolve(values.corpus);
  mkdirSync(RESULTS, { recursive: true });
  const programs = programsOf(corpus);
  const rehearsed = await rehearsals(corpus, programs, values.reuse);

  const previews = new Map(rehearsed.map(({ key, preview }) => [key, preview]));
  const ups = new Map(rehearsed.map(({ key, up }) => [key, up]));
  const schemas = new Schemas(schemaFolder(), REGION);
  const translations = new Map([...ups].map(([key, resources]) => [key, translate(resources, schemas)]));
  const templates = new Map([...translations].map(([key, { template }]) => [key, template]));

  const tools = [...(await packTools(corpus, programs, previews)), ...linterTools(templates)];
  const left = new Map([...translations].map(([key, translation]) => [key, translation.left]));
  const same = sameTemplates(programs, templates);
  const verdicts = tools.map((tool) => verdictsOf(tool, programs, same));
  const document = documentOf(verdicts, programs);
  console.log(document);
  const findings = Object.fromEntries(
    tools.map(({ title, reports }) => [title, Object.fromEntries(reports)]),
  );
  writeFileSync(join(RESULTS, "findings.json"), `${JSON.stringify(findings, null, 2)}\n`);
  if (values["no-write"]) return;
  writeFileSync(join(ROOT, "docs", "policy-peers.md"), document);
  writeFileSync(join(ROOT, "docs", "policy-peers.csv"), rowsOf(verdicts, programs, left));
}

/** Rehearses the corpus, and saves the outcome for `--reuse`. */
async function rehearsals(
  corpus: string,
  programs: readonly Program[],
  reuse: boolean,
): Promise<readonly Rehearsed[]> {
  const file = join(RESULTS, "rehearsals.json");
  if (reuse && existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Rehearsed[];
  const runs = programs.flatMap(runsOf);
  let done = 0;
  const rehearsed = await rehearseAll(corpus, runs, ({ key }) => {
    console.error(`${++done}/${runs.length} ${key}`);
  });
  writeFileSync(file, JSON.stringify(rehearsed));
  return rehearsed;
}

/** Attacks whose defect doesn't appear in their template. */
function sameTemplates(
  programs: readonly Program[],
  templates: ReadonlyMap<string, Template>,
): ReadonlySet<string> {
  const textOf = (key: string): string | undefined => JSON.stringify(templates.get(key));
  return new Set(programs.flatMap(({ name }) => (textOf(name) === textOf(twinOf(name)) ? [name] : [])));
}

async function packTools(
  corpus: string,
  programs: readonly Program[],
  previews: ReadonlyMap<string, readonly Resource[]>,
): Promise<Tool[]> {
  const baseline = await judge(ownPack(), corpus, previews);
  const own = { isOurs: true, reads: "program", version: ownVersion() } as const;
  return [
    { title: "web-store", reports: baseline, ...own },
    {
      title: "web-store, configured",
      reports: await configured(corpus, programs, previews, baseline),
      ...own,
    },
    {
      title: "AWSGuard",
      version: versionOf("@pulumi/awsguard"),
      reports: await judge(awsGuard(), corpus, previews),
      isOurs: false,
      reads: "program",
    },
  ];
}

/**
 * The findings for an attack for which the corpus configures our pack, because the rule is advisory or off by default.
 */
async function configured(
  corpus: string,
  programs: readonly Program[],
  previews: ReadonlyMap<string, readonly Resource[]>,
  baseline: Reports,
): Promise<Reports> {
  const reports = new Map(baseline);
  for (const config of new Set(programs.map(({ expected }) => expected?.config))) {
    if (config === undefined) continue;
    const keys = programs
      .filter(({ expected }) => expected?.config === config)
      .flatMap((program) => runsOf(program).map(({ key }) => key));
    const own = new Map(keys.map((key) => [key, previews.get(key) ?? []]));
    for (const [key, found] of await judge(ownPack(config), corpus, own)) reports.set(key, found);
  }
  return reports;
}

function ownVersion(): string {
  const file = join(ROOT, "policies", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function linterTools(templates: ReadonlyMap<string, Template>): Tool[] {
  const folder = join(RESULTS, "templates");
  const files = writeTemplates(folder, templates);
  const nag = cdkNag(files);
  const peer = { isOurs: false, reads: "template" } as const;
  const versions = { checkov: pythonVersionOf("checkov"), cfnLint: pythonVersionOf("cfn-lint") };
  return [
    { title: "checkov", version: versions.checkov, reports: checkov(folder, files), ...peer },
    { title: "cfn-lint", version: versions.cfnLint, reports: cfnLint(files), ...peer },
    { title: "cdk-nag, AwsSolutions", version: versionOf("cdk-nag"), reports: nag.solutions, ...peer },
    { title: "cdk-nag, all packs", version: versionOf("cdk-nag"), reports: nag.all, ...peer },
  ];
}
