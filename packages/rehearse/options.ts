import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Against, readAgainst } from "./diff/before";
import { readUsage, type Usage } from "./cost/usage";
import { type CommandLine, FLAG, readCommandLine, TEXT } from "./cli/command-line";
import { OptionReader } from "./cli/option-reader";
import { refuseIfFaulty, UsageError } from "./errors";
import { readPack } from "./hosts/pack-process";
import type { PeakOptions } from "./peak";
import { A_BUDGET, budgetOf, isTypeToken } from "./project/engine-settings";
import { type PackFiles, readPackConfig } from "./project/pack-config";
import { StackConfig } from "./project/config";
import { type Project, readProject } from "./project/project";
import { readSettings, type Setting } from "./project/settings";
import { refuseOthersFiles } from "./report/folder";
import { readStacks, type StackToRehearse } from "./stacks";
import { type Answers, readAnswers } from "./cloud/answers";

/** How the user starts this. */
const COMMAND = process.env["npm_lifecycle_event"] === "rehearse" ? "npm run rehearse --" : "npx rehearse";

/** The pack that judges programs without one of their own, where it is installed. */
const DEFAULT_PACK = "@web-store/policies";

export const USAGE = `${COMMAND} [stack…] [options]

Runs a Pulumi program through policy packs without AWS and without the Pulumi CLI.
No stack named: every Pulumi.<stack>.yaml of the program.

  --program DIR              the folder of Pulumi.yaml (default: here, or the next above)
  --config-file FILE         a stack file to use instead of Pulumi.<stack>.yaml; one for each stack
  --policy-pack DIR          a policy pack; may be repeated (default: policies/ of the program
                             or a folder above it, else @web-store/policies, installed there or beside rehearse)
  --policy-pack-config FILE  configuration of a pack; as many as there are packs, in their order
  --mode MODE                preview (default), up, or both
  --export FILE              write the stack's state as 'pulumi stack export' does
  --sarif FILE               write the findings for code scanning (SARIF 2.1.0)
  --junit FILE               write the verdicts as a CI's test report (JUnit XML)
  --report DIR               write a page about it, with drawing, cost, policies and the peak: DIR/index.html, for a
                             browser; report.md and the pictures beside it
  --against REF|FILE         what would change: since a git ref, or a stack's export (--export, pulumi stack export)
  --markdown FILE            write a comment for a pull request: verdicts, findings, and what --against finds
  --cost                     show each line of the month's cost, with its price, and what was assumed
  --usage FILE               what is assumed of traffic and stored data, which is 0 without it (YAML)
  --what-if SETTINGS         what it would cost with other settings, such as "network.natGateways=single"; may be repeated
  --budget USD               advise if a stack costs more a month (or rehearse:budget in the stack file)
  --peak                     simulate how the groups carry their peak: minutes over capacity, and what mends them
  --demand FILE              with these requests (CSV: time, and requests or requestsPerSecond); so does --peak
  --load FILE                what is assumed of instances and their load, for --peak (YAML)
  --answers FILE             answers for invokes and stack references that the stand-in cloud doesn't know
  --allow-unjudged TYPE      a type of component that needn't be judged, though its children aren't known, such as
                             awsx:ecr:Repository; may be repeated (or rehearse:allowUnjudged in the stack file)
  --timeout SECONDS          stop a program or pack that hangs (default: 120)
  --watch                    rehearse again whenever a file is saved that it depends on, and show what that changes
  --tree                     show every resource in a tree, every advisory, and outputs in full
  --json                     print the result as JSON on stdout (use npm run -s)
  --help                     print this

Exit status: 0 clean or advisories only, 1 refused by a mandatory policy or not judged in full, 2 bad usage or
configuration, 3 the program or a pack failed.`;

/** The command line, with every file it names read and checked. */
export interface Options {
  readonly project: Project;
  readonly stacks: readonly StackToRehearse[];
  readonly modes: readonly ("preview" | "up")[];
  readonly packs: readonly PackFiles[];
  /** Where the packs come from. */
  readonly packSources: readonly PackSource[];
  readonly exportFile: string | undefined;
  readonly sarifFile: string | undefined;
  readonly junitFile: string | undefined;
  /** The folder of the report; undefined for none. */
  readonly reportDir: string | undefined;
  /** What the plan is compared with; undefined for nothing. */
  readonly against: Against | undefined;
  /** Where the comment for a pull request goes, in Markdown. */
  readonly markdownFile: string | undefined;
  readonly answers: Answers;
  /** What is charged by use; undefined if nothing is known of it. */
  readonly usage: Usage | undefined;
  /** US dollars a month that a stack may cost; undefined for what its stack file says. */
  readonly budget: number | undefined;
  /** The same stacks, each in its place, with other settings, of which the cost is asked. */
  readonly whatIfs: readonly WhatIf[];
  /** What is known of the peak; undefined if nobody asks for it. */
  readonly peak: PeakOptions | undefined;
  /** Whether the text shows each line of the cost. */
  readonly cost: boolean;
  /** Types of remote components that needn't be judged. */
  readonly allowUnjudged: readonly string[];
  readonly timeoutSeconds: number;
  /** Whether the text shows everything: each resource in a tree, each advisory, each output in full. */
  readonly tree: boolean;
  readonly json: boolean;
  /** Whether it goes on, and rehearses again whenever something changes. */
  readonly watch: boolean;
}

interface WhatIf {
  readonly settings: string;
  readonly stacks: readonly StackToRehearse[];
}

const MODES = { preview: ["preview"], up: ["up"], both: ["preview", "up"] } as const;

const SEVERAL = { ...TEXT, multiple: true } as const;

const OPTIONS = {
  program: TEXT,
  "config-file": SEVERAL,
  "policy-pack": SEVERAL,
  "policy-pack-config": SEVERAL,
  mode: TEXT,
  export: TEXT,
  sarif: TEXT,
  junit: TEXT,
  report: TEXT,
  against: TEXT,
  markdown: TEXT,
  cost: FLAG,
  usage: TEXT,
  "what-if": SEVERAL,
  budget: TEXT,
  peak: FLAG,
  demand: TEXT,
  load: TEXT,
  answers: TEXT,
  "allow-unjudged": SEVERAL,
  timeout: TEXT,
  watch: FLAG,
  tree: FLAG,
  json: FLAG,
} as const;

type Line = CommandLine<typeof OPTIONS>;
type Values = Line["values"];
type Reader = OptionReader<keyof typeof OPTIONS>;

/**
 * Reads the command line. Paths are relative to where the caller is.
 *
 * @returns undefined if help was asked for.
 * @throws UsageError naming what is wrong, and the remedy.
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const line = readCommandLine(USAGE, argv, OPTIONS);
  if (line === undefined) return undefined;
  const { values } = line;
  if (values.watch === true) refuseBeside(values);
  const reader = new OptionReader(values, "rehearse");
  const { program } = values;
  const answers = readFile(values.answers, readAnswers, reader) ?? {};
  const project = reader.read(() =>
    readProject(program === undefined ? programAt(process.cwd()) : reader.path(program)),
  );
  const rest = project && readForProject(project, answers, line, reader);
  const own = {
    modes: MODES[reader.oneOf("mode", ["preview", "up", "both"], "preview")],
    timeoutSeconds: reader.whole("timeout", { from: 1, to: 86_400, fallback: 120, unit: "seconds" }),
    exportFile: reader.fileToWrite("export"),
    sarifFile: reader.fileToWrite("sarif"),
    junitFile: reader.fileToWrite("junit"),
    markdownFile: reader.fileToWrite("markdown"),
    reportDir: readReportDir(values, reader),
    allowUnjudged: readAllowUnjudged(values, reader),
    answers,
    usage: readFile(values.usage, readUsage, reader),
    budget: readBudget(values, reader),
    peak: readPeak(values, reader),
    cost: values.cost ?? false,
    tree: values.tree ?? false,
    json: values.json ?? false,
    watch: values.watch ?? false,
  };
  return reader.finish(rest && { ...own, ...rest });
}

/** What can be read only with the project at hand; undefined where its stacks or packs can't be. */
function readForProject(
  project: Project,
  answers: Answers,
  { values, positionals }: Line,
  reader: Reader,
): Pick<Options, "project" | "stacks" | "packs" | "packSources" | "against" | "whatIfs"> | undefined {
  const files = (values["config-file"] ?? []).map(reader.path);
  const stacks = reader.read(() => readStacks(project, positionals, files, answers));
  const packSources = reader.read(() => readPackSources(project, values, reader));
  const { export: exported, against: given } = values;
  const against =
    given === undefined ? undefined : reader.read(() => readAgainst(given, reader.path(given), project.root));
  const several = stacks !== undefined && stacks.length > 1 ? stacks.length : undefined;
  if (several !== undefined && exported !== undefined)
    reader.refuse(`--export writes one stack's state, and ${several} are rehearsed: name one of them`);
  if (several !== undefined && against?.kind === "export")
    reader.refuse(`--against ${given} is one stack's export, and ${several} are rehearsed: name one of them`);
  const packs = packSources?.flatMap((source) => reader.read(() => readPackSource(source)) ?? []);
  const whatIfs = (values["what-if"] ?? []).flatMap((settings) => {
    const whatIf = (): WhatIf => ({
      settings,
      stacks: withOther(stacks ?? [], readSettings(settings, project), project, answers),
    });
    return reader.read(whatIf) ?? [];
  });
  return stacks && packSources && packs && { project, stacks, packSources, packs, against, whatIfs };
}

function readFile<Content>(
  file: string | undefined,
  readIt: (path: string) => Content,
  reader: Reader,
): Content | undefined {
  return file === undefined ? undefined : reader.read(() => readIt(reader.path(file)));
}

function readBudget({ budget }: Values, reader: Reader): number | undefined {
  if (budget === undefined) return undefined;
  const usd = budgetOf(budget);
  if (usd === undefined) reader.refuse(`--budget is "${budget}"; it must be ${A_BUDGET}`);
  return usd;
}

function readAllowUnjudged({ "allow-unjudged": types = [] }: Values, reader: Reader): readonly string[] {
  for (const type of types) {
    if (!isTypeToken(type))
      reader.refuse(
        `--allow-unjudged is "${type}"; it must be the type of a component, such as awsx:ecr:Repository`,
      );
  }
  return types;
}

function readReportDir({ report }: Values, reader: Reader): string | undefined {
  if (report === undefined) return undefined;
  const dir = reader.path(report);
  const there = nearestThere(dir);
  if (statSync(there).isDirectory()) reader.read(() => refuseOthersFiles(dir));
  else reader.refuse(`--report ${dir}: ${there} is a file; name a folder, which is made if it isn't there`);
  return dir;
}

/** What is known of the peak; undefined if nobody asks for it. */
function readPeak({ peak, demand, load }: Values, reader: Reader): PeakOptions | undefined {
  if (peak !== true && demand === undefined && load === undefined) return undefined;
  // Seldom needed.
  const { readAssumptions, readDemand } = require("./peak") as typeof import("./peak");
  return {
    demand: readFile(demand, readDemand, reader),
    assumptions: readFile(load, readAssumptions, reader),
  };
}

/** What is written or compared once, and says nothing of what a save changes. */
const NOT_WHILE_WATCHING = [
  "against",
  "demand",
  "export",
  "junit",
  "load",
  "markdown",
  "peak",
  "report",
  "sarif",
  "what-if",
];

/** @throws UsageError naming each option that `--watch` doesn't go with */
function refuseBeside(values: Readonly<Record<string, unknown>>): void {
  const given = NOT_WHILE_WATCHING.filter((option) => values[option] !== undefined);
  refuseIfFaulty("--watch rehearses on and on", [
    ...given.map((option) => `--${option} is for a single run: leave it out, or --watch`),
    ...(values["mode"] === "both" ? ["--mode is both; it must be preview or up"] : []),
    ...(process.platform === "win32" ? ["it isn't there on Windows: run it in WSL"] : []),
  ]);
}

/** @throws UsageError for a stack without a file, or of whose file the settings make nothing that the program takes */
function withOther(
  stacks: readonly StackToRehearse[],
  settings: readonly Setting[],
  project: Project,
  { environments }: Answers,
): StackToRehearse[] {
  return stacks.map((stack) => {
    if (!existsSync(stack.file))
      throw new UsageError(`--what-if: ${stack.name} has no stack file whose settings to change`);
    return { ...stack, config: StackConfig.read(project, stack.name, stack.file, environments, settings) };
  });
}

/** A policy pack as the command line names it. */
export interface PackSource {
  /** What reports call it. */
  readonly label: string;
  readonly dir: string;
  readonly configFile: string | undefined;
}

function readPackSources(project: Project, values: Values, { path }: Reader): PackSource[] {
  const { "policy-pack": given = [], "policy-pack-config": configs = [] } = values;
  const dirs = given.length > 0 ? given.map(path) : [defaultPack(project.root)];
  if (configs.length > 0 && configs.length !== dirs.length) {
    throw new UsageError(
      `${dirs.length} policy pack(s) and ${configs.length} --policy-pack-config(s): give one file for each pack, in their order`,
    );
  }
  return dirs.map((dir, index) => {
    const config = configs[index];
    return {
      label: given[index] ?? "policies",
      dir,
      configFile: config === undefined ? undefined : path(config),
    };
  });
}

/** The nearest folder with a Pulumi.yaml, as the CLI looks for it; the folder itself if there is none. */
function programAt(folder: string): string {
  return folderAbove(folder, "Pulumi.yaml") ?? folder;
}

/**
 * The pack that is nobody's choice: the program's, else the one that is installed with it, else with the rehearsal, as
 * `npx --package` does.
 *
 * @param root - The program's folder.
 * @throws UsageError if there is none
 */
function defaultPack(root: string): string {
  const above = folderAbove(root, join("policies", "PulumiPolicy.yaml"));
  if (above !== undefined) return join(above, "policies");
  for (const folder of [root, __dirname]) {
    try {
      return dirname(createRequire(join(folder, "package.json")).resolve(`${DEFAULT_PACK}/package.json`));
    } catch {
      // It isn't installed there.
    }
  }
  throw new UsageError(
    `no policy pack: neither ${root} nor a folder above has policies/PulumiPolicy.yaml, and ${DEFAULT_PACK} ` +
      "is installed neither there nor beside rehearse: install it, or name a pack with --policy-pack DIR",
  );
}

/** The path itself, or what is nearest above it that exists. */
function nearestThere(path: string): string {
  return existsSync(path) ? path : nearestThere(dirname(path));
}

/** The nearest folder, from this one up, in which there is such a file. */
function folderAbove(folder: string, file: string): string | undefined {
  if (existsSync(join(folder, file))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : folderAbove(above, file);
}

/** @throws UsageError if there is no such pack, or its configuration has faults */
export function readPackSource({ label, dir, configFile }: PackSource): PackFiles {
  return readPack(label, dir, configFile === undefined ? new Map() : readPackConfig(configFile));
}
