import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Against, readAgainst } from "./diff/before";
import { readUsage, type Usage } from "./cost/usage";
import { type CommandLine, FLAG, readCommandLine, TEXT } from "./cli/command-line";
import { isWritable, OptionReader } from "./cli/option-reader";
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

/** The command that the user types. */
const COMMAND = process.env["npm_lifecycle_event"] === "rehearse" ? "npm run rehearse --" : "npx rehearse";

/** The pack that judges a program without a pack in its own folders, where it is installed. */
const DEFAULT_PACK = "@web-store/policies";

export const USAGE = `${COMMAND} [stack…] [options]

Runs a Pulumi program through policy packs, without AWS and without the Pulumi CLI.
If you name no stack, it rehearses every Pulumi.<stack>.yaml of the program.

  --program DIR              the folder of Pulumi.yaml (default: this folder, or the nearest one above that has it)
  --config-file FILE         a stack file to use instead of Pulumi.<stack>.yaml; give one for each stack
  --policy-pack DIR          a policy pack; may be repeated (default: policies/ in the program's folder
                             or a folder above it, else @web-store/policies, installed there or beside rehearse)
  --policy-pack-config FILE  the configuration of a pack; give one for each pack, in the same order
  --mode MODE                preview (default), up, or both
  --export FILE              write the stack's state in the format of 'pulumi stack export'
  --sarif FILE               write the findings for code scanning (SARIF 2.1.0)
  --junit FILE               write the verdicts as a test report for CI (JUnit XML)
  --report DIR               write a report of the architecture, cost, policies and peak: DIR/index.html for a
                             browser, with report.md and the pictures beside it
  --against REF|FILE         show what changes since a Git ref, or since an exported state (--export, pulumi stack export)
  --markdown FILE            write a comment for a pull request: verdicts, findings, and the changes that --against finds
  --cost                     show each line of the monthly cost, with its price and the assumptions
  --usage FILE               the traffic and stored data to assume for the cost (YAML; default: none)
  --what-if SETTINGS         show the cost with other settings, such as "network.natGateways=single"; may be repeated
  --budget USD               advise if a stack costs more a month (or rehearse:budget in the stack file)
  --peak                     simulate the peak of the Auto Scaling groups: minutes over capacity, and remedies
  --demand FILE              the requests to simulate (CSV: time, and requests or requestsPerSecond); implies --peak
  --load FILE                assumptions about instances and their load (YAML); implies --peak
  --answers FILE             answers for invokes and stack references that the stand-in cloud doesn't know
  --allow-unjudged TYPE      a component type that may stay unjudged although its children aren't known, such as
                             awsx:ecr:Repository; may be repeated (or rehearse:allowUnjudged in the stack file)
  --timeout SECONDS          stop a program or pack that hangs (default: 120)
  --watch                    rehearse again whenever you save a file that the result depends on, and show what changed
  --tree                     show every resource in a tree, every advisory, and all outputs in full
  --json                     print the result as JSON on stdout (use npm run -s)
  --help                     print this help

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
  /** What the plan is compared with; undefined without `--against`. */
  readonly against: Against | undefined;
  /** The file for the pull request comment, in Markdown. */
  readonly markdownFile: string | undefined;
  readonly answers: Answers;
  /** The usage that AWS charges for; undefined if no usage file is given. */
  readonly usage: Usage | undefined;
  /** The monthly budget of a stack in US dollars; undefined for the budget in its stack file. */
  readonly budget: number | undefined;
  /** The same stacks, in the same order, with other settings, to compare their cost. */
  readonly whatIfs: readonly WhatIf[];
  /** The inputs of the peak simulation; undefined if no option asks for it. */
  readonly peak: PeakOptions | undefined;
  /** Whether the text shows each line of the cost. */
  readonly cost: boolean;
  /** Types of remote components that may stay unjudged. */
  readonly allowUnjudged: readonly string[];
  readonly timeoutSeconds: number;
  /** Whether the text shows every resource in a tree, every advisory, and every output in full. */
  readonly tree: boolean;
  readonly json: boolean;
  /** Whether the process keeps running and rehearses again after every change. */
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
 * Reads the command line. Paths are relative to the caller's working directory.
 *
 * @returns undefined if help was asked for.
 * @throws UsageError naming each fault and its remedy.
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

/** Reads the options that depend on the project; undefined if its stacks or packs can't be read. */
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
    reader.refuse(`--export writes the state of one stack, but ${several} are rehearsed: name one of them`);
  if (several !== undefined && against?.kind === "export")
    reader.refuse(
      `--against ${given} is the export of one stack, but ${several} are rehearsed: name one of them`,
    );
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
  if (!statSync(there).isDirectory())
    reader.refuse(`--report ${dir}: ${there} is a file; name a folder, which is created if it doesn't exist`);
  else if (!isWritable(there))
    reader.refuse(
      `--report ${dir}: you can't write to ${there}; name another folder, or change its permissions`,
    );
  else reader.read(() => refuseOthersFiles(dir));
  return dir;
}

/** Reads the inputs of the peak simulation; undefined if no option asks for it. */
function readPeak({ peak, demand, load }: Values, reader: Reader): PeakOptions | undefined {
  if (peak !== true && demand === undefined && load === undefined) return undefined;
  // Loaded here because few runs need it.
  const { readAssumptions, readDemand } = require("./peak") as typeof import("./peak");
  return {
    demand: readFile(demand, readDemand, reader),
    assumptions: readFile(load, readAssumptions, reader),
  };
}

/** Options that `--watch` refuses: they write or compare once, and don't show what a save changes. */
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

/** @throws UsageError naming each option that can't be combined with `--watch` */
function refuseBeside(values: Readonly<Record<string, unknown>>): void {
  const given = NOT_WHILE_WATCHING.filter((option) => values[option] !== undefined);
  refuseIfFaulty("--watch rehearses repeatedly", [
    ...given.map((option) => `--${option} is for a single run: leave out either it or --watch`),
    ...(values["mode"] === "both" ? ["--mode is both; it must be preview or up"] : []),
    ...(process.platform === "win32" ? ["it isn't available on Windows: run it in WSL"] : []),
  ]);
}

/** @throws UsageError if a stack has no file, or if its file with these settings is not a valid configuration */
function withOther(
  stacks: readonly StackToRehearse[],
  settings: readonly Setting[],
  project: Project,
  { environments }: Answers,
): StackToRehearse[] {
  return stacks.map((stack) => {
    if (!existsSync(stack.file))
      throw new UsageError(`--what-if: ${stack.name} has no stack file, so there are no settings to change`);
    return { ...stack, config: StackConfig.read(project, stack.name, stack.file, environments, settings) };
  });
}

/** A policy pack as the command line names it. */
export interface PackSource {
  /** Its name in reports. */
  readonly label: string;
  readonly dir: string;
  readonly configFile: string | undefined;
}

function readPackSources(project: Project, values: Values, { path }: Reader): PackSource[] {
  const { "policy-pack": given = [], "policy-pack-config": configs = [] } = values;
  const dirs = given.length > 0 ? given.map(path) : [defaultPack(project.root)];
  if (configs.length > 0 && configs.length !== dirs.length) {
    throw new UsageError(
      `${dirs.length} policy pack(s) and ${configs.length} --policy-pack-config(s): give one file for each pack, in the same order`,
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

/** The nearest folder with a Pulumi.yaml, as the CLI searches for it; the folder itself if there is none. */
function programAt(folder: string): string {
  return folderAbove(folder, "Pulumi.yaml") ?? folder;
}

/**
 * The default pack: the one in the program's folders, else the one installed with the program, else the one installed
 * with the rehearsal (`npx --package` installs it there).
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
      // It isn't installed in this folder.
    }
  }
  throw new UsageError(
    `no policy pack: neither ${root} nor a folder above has policies/PulumiPolicy.yaml, and ${DEFAULT_PACK} ` +
      "is installed neither there nor beside rehearse: install it, or name a pack with --policy-pack DIR",
  );
}

/** The path itself, or the nearest existing path above it. */
function nearestThere(path: string): string {
  return existsSync(path) ? path : nearestThere(dirname(path));
}

/** The nearest folder, starting from this one and going up, that contains the file. */
function folderAbove(folder: string, file: string): string | undefined {
  if (existsSync(join(folder, file))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : folderAbove(above, file);
}

/** @throws UsageError if the pack doesn't exist, or its configuration has faults */
export function readPackSource({ label, dir, configFile }: PackSource): PackFiles {
  return readPack(label, dir, configFile === undefined ? new Map() : readPackConfig(configFile));
}
