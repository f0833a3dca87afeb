import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { type Against, readAgainst } from "./diff/before";
import { readUsage, type Usage } from "./cost/usage";
import { FLAG, readCommandLine, TEXT } from "./cli/command-line";
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
  readonly whatIfs: readonly { readonly settings: string; readonly stacks: readonly StackToRehearse[] }[];
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

const MODES = { preview: ["preview"], up: ["up"], both: ["preview", "up"] } as const;

/**
 * Reads the command line. Paths are relative to where the caller is; npm moves to the project and tells in `INIT_CWD`.
 * @returns undefined if help was asked for.
 * @throws UsageError naming the fault and the remedy.
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const line = readCommandLine(USAGE, argv, {
    program: TEXT,
    "config-file": { ...TEXT, multiple: true },
    "policy-pack": { ...TEXT, multiple: true },
    "policy-pack-config": { ...TEXT, multiple: true },
    ...{ mode: TEXT, export: TEXT, against: TEXT, markdown: TEXT, sarif: TEXT, junit: TEXT, report: TEXT },
    ...{ answers: TEXT, timeout: TEXT, tree: FLAG, json: FLAG, cost: FLAG, usage: TEXT, budget: TEXT },
    ...{ peak: FLAG, demand: TEXT, load: TEXT },
    watch: FLAG,
    "allow-unjudged": { ...TEXT, multiple: true },
    "what-if": { ...TEXT, multiple: true },
  });
  if (line === undefined) return undefined;
  const { values, positionals } = line;
  if (values.watch === true) refuseBeside(values);
  const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
  const from = script === "rehearse" && caller ? caller : process.cwd();
  const path = (given: string): string => resolve(from, given);

  const project = readProject(values.program === undefined ? programAt(process.cwd()) : path(values.program));
  const answers = values.answers === undefined ? {} : readAnswers(path(values.answers));
  const usage = values.usage === undefined ? undefined : readUsage(path(values.usage));
  const budget = values.budget === undefined ? undefined : budgetOf(values.budget);
  if (budget === undefined && values.budget !== undefined)
    throw new UsageError(`--budget is "${values.budget}"; it must be ${A_BUDGET}`);
  const stacks = readStacks(project, positionals, (values["config-file"] ?? []).map(path), answers);
  const mode = values.mode ?? "preview";
  if (!(mode in MODES)) throw new UsageError(`--mode is "${mode}"; it must be preview, up or both`);
  const timeoutSeconds = Number(values.timeout ?? "120");
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 86_400) {
    throw new UsageError(
      `--timeout is "${values.timeout}"; it must be a whole number of seconds from 1 to 86400`,
    );
  }
  const allowUnjudged = values["allow-unjudged"] ?? [];
  const noType = allowUnjudged.find((type) => !isTypeToken(type));
  if (noType !== undefined) {
    throw new UsageError(
      `--allow-unjudged is "${noType}"; it must be the type of a component, such as awsx:ecr:Repository`,
    );
  }
  const toWrite = (option: "export" | "sarif" | "junit" | "markdown"): string | undefined => {
    const given = values[option];
    if (given === undefined) return undefined;
    const file = path(given);
    if (existsSync(dirname(file))) return file;
    throw new UsageError(`--${option} ${file}: the folder ${dirname(file)} doesn't exist`);
  };
  const exportFile = toWrite("export");
  if (exportFile !== undefined && stacks.length > 1) {
    throw new UsageError(
      `--export writes one stack's state, and ${stacks.length} are rehearsed: name one of them`,
    );
  }
  const reportDir = values.report === undefined ? undefined : path(values.report);
  if (reportDir !== undefined && !statSync(nearestThere(reportDir)).isDirectory())
    throw new UsageError(
      `--report ${reportDir}: ${nearestThere(reportDir)} is a file; name a folder, which is made if it isn't there`,
    );
  if (reportDir !== undefined) refuseOthersFiles(reportDir);
  const [dirs, configs] = [values["policy-pack"] ?? [], values["policy-pack-config"] ?? []];
  const sources = packSources(project, dirs, configs, path);
  const given = values.against;
  const against = given === undefined ? undefined : readAgainst(given, path(given), project.root);
  if (against?.kind === "export" && stacks.length > 1) {
    throw new UsageError(
      `--against ${given} is one stack's export, and ${stacks.length} are rehearsed: name one of them`,
    );
  }
  return {
    project,
    stacks,
    exportFile,
    reportDir,
    against,
    markdownFile: toWrite("markdown"),
    sarifFile: toWrite("sarif"),
    junitFile: toWrite("junit"),
    timeoutSeconds,
    allowUnjudged,
    modes: MODES[mode as keyof typeof MODES],
    packs: sources.map(readPackSource),
    packSources: sources,
    ...{ answers, usage, budget, peak: peakOptions(values, path) },
    whatIfs: (values["what-if"] ?? []).map((settings) => ({
      settings,
      stacks: withOther(stacks, readSettings(settings, project), project, answers),
    })),
    cost: values.cost ?? false,
    tree: values.tree ?? false,
    json: values.json ?? false,
    watch: values.watch ?? false,
  };
}

/**
 * What is known of the peak; undefined if nobody asks for it.
 * @throws UsageError for files that have faults, naming those of both
 */
function peakOptions(
  { peak, demand, load }: { readonly peak?: boolean; readonly demand?: string; readonly load?: string },
  path: (given: string) => string,
): PeakOptions | undefined {
  if (peak !== true && demand === undefined && load === undefined) return undefined;
  // Seldom needed.
  const { readAssumptions, readDemand } = require("./peak") as typeof import("./peak");
  const faults: string[] = [];
  const read = <Content>(
    reader: (file: string) => Content,
    file: string | undefined,
  ): Content | undefined => {
    try {
      return file === undefined ? undefined : reader(path(file));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(error.message);
      return undefined;
    }
  };
  const options = { demand: read(readDemand, demand), assumptions: read(readAssumptions, load) };
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  return options;
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

function packSources(
  project: Project,
  given: readonly string[],
  configs: readonly string[],
  path: (given: string) => string,
): PackSource[] {
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
