/**
 * Runs a program on the true Pulumi engine: with the CLI on PATH, its state in a temporary folder, and the stand-in
 * cloud as the AWS provider. It writes nothing into the program's folder and needs no account.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Answers } from "../../packages/rehearse/cloud/answers";
import type { Finding } from "../../packages/rehearse/engine/diagnostics";
import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import {
  type EngineOperation,
  errorsOf,
  exportedResources,
  findingsOf,
  operationsOf,
  parseEvents,
  plannedResources,
} from "./engine-output";
import { startStandInAws } from "./stand-in-aws";
import type { Around } from "./trouble";

/**
 * How a run ended: successfully, refused only by mandatory policies, or in any other way. The CLI's exit code (1 for
 * both of the latter) is coarser, the rehearsal's exit status finer.
 */
export type Verdict = "clean" | "refused" | "failed";

/** The result of a run. */
export interface EngineRun {
  readonly verdict: Verdict;
  readonly resources: readonly JsonResource[];
  readonly findings: readonly Finding[];
  /** The engine's errors, except for its own "preview failed". */
  readonly errors: readonly string[];
  /** The engine's operations on a stack, in order. */
  readonly operations: readonly EngineOperation[];
}

/** A program and the options of its run. */
export interface EngineOptions {
  /** Folder of Pulumi.yaml. */
  readonly program: string;
  readonly stack: string;
  readonly mode: "preview" | "up";
  /** @default `Pulumi.<stack>.yaml` of the program; without one, no configuration */
  readonly configFile?: string | undefined;
  /** Stack file with which the stack is first created, without policies. @default none: the stack doesn't exist yet */
  readonly deployedBefore?: string;
  /** Folder of the program that first creates the stack. @default the program's */
  readonly programBefore?: string;
  /** Folders, as absolute paths. @default none */
  readonly policyPacks?: readonly string[];
  /** Files, one for each pack. @default none */
  readonly policyPackConfigs?: readonly string[];
  /** Answers for invokes that the stand-in cloud can't give, and the outputs of other stacks. @default none */
  readonly answers?: Answers;
  /** The error with which AWS refuses, by resource type or function. @default none */
  readonly refuses?: Readonly<Record<string, string>>;
  /** Wraps calls that change something. @default they succeed */
  readonly around?: Around;
  /** Passphrase of the stack file's secrets. @default "" */
  readonly passphrase?: string;
  /** Seconds after which the CLI is stopped. @default 180 */
  readonly timeoutSeconds?: number;
}

/** Runs the CLI to its end. */
export type Pulumi = (...args: string[]) => Promise<Ended>;

/** The result of a CLI run. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Provides the CLI, with its own state, while `use` runs.
 *
 * @param use - gets the CLI, a folder that is removed at the end, and the CLI's environment
 * @throws if the CLI can't be started or doesn't end in time
 */
export async function withTrueEngine<Result>(
  {
    program,
    answers = {},
    refuses = {},
    around,
    passphrase = "",
    timeoutSeconds = 180,
  }: Pick<EngineOptions, "program" | "answers" | "refuses" | "around" | "passphrase" | "timeoutSeconds">,
  use: (pulumi: Pulumi, folder: string, env: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "true-engine-"));
  const aws = await startStandInAws({
    programDir: program,
    answers: answers.invokes ?? {},
    refuses,
    ...(around === undefined ? {} : { around }),
  });
  try {
    const env = await environment(folder, aws.port, passphrase);
    const pulumi: Pulumi = (...args) =>
      run("pulumi", [...args, "--non-interactive", "--color", "never"], env, timeoutSeconds);
    return await use(pulumi, folder, env);
  } finally {
    aws.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Previews a stack that doesn't exist yet, or creates it.
 *
 * @throws if the CLI can't be started or doesn't end in time. A failing program is a result.
 */
export async function runTrueEngine(options: EngineOptions): Promise<EngineRun> {
  const { program, stack, mode, answers = {} } = options;
  return withTrueEngine(options, async (pulumi, folder) => {
    for (const [name, outputs] of Object.entries(answers.stackReferences ?? {})) {
      await createOtherStack(pulumi, folder, name, outputs);
    }

    // The CLI writes a new stack's salt into its stack file, so it gets a copy of the program's file.
    const project = join(folder, "project");
    const configFile = join(project, `Pulumi.${stack}.yaml`);
    const eventLog = join(folder, "events.json");
    await mkdir(project);
    await copyFile(join(program, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    const given = options.configFile ?? join(program, `Pulumi.${stack}.yaml`);
    if (existsSync(given)) await copyFile(given, configFile);
    const created = await pulumi("stack", "init", stack, "--no-select", "--cwd", project);
    if (created.exitCode !== 0) {
      return {
        verdict: "failed",
        resources: [],
        findings: [],
        operations: [],
        errors: [created.stderr.trim()],
      };
    }

    if (options.deployedBefore !== undefined) {
      const before = join(folder, "before.yaml");
      await copyFile(options.deployedBefore, before);
      const ended = await pulumi(
        "up",
        "--yes",
        "--skip-preview",
        "--stack",
        stack,
        "--config-file",
        before,
        "--cwd",
        options.programBefore ?? program,
        "--skip-plugin-pre-install",
      );
      if (ended.exitCode !== 0)
        throw new Error(`The stack can't be created first:\n${ended.stdout}\n${ended.stderr}`);
    }

    const ended = await pulumi(
      ...(mode === "preview" ? ["preview", "--json"] : ["up", "--yes", "--skip-preview"]),
      "--stack",
      stack,
      "--cwd",
      program,
      "--config-file",
      configFile,
      "--event-log",
      eventLog,
      ...(options.policyPacks ?? []).flatMap((pack) => ["--policy-pack", pack]),
      ...(options.policyPackConfigs ?? []).flatMap((file) => ["--policy-pack-config", file]),
      "--skip-plugin-pre-install", // otherwise it downloads the AWS plugin, which is never started
    );
    const events = existsSync(eventLog) ? parseEvents(await readFile(eventLog, "utf8")) : [];
    const findings = findingsOf(events);
    const errors = ended.exitCode === 0 ? [] : errorsOf(events, ended.stderr);
    const refused = errors.length === 0 && findings.some(({ level }) => level === "mandatory");
    return {
      verdict: ended.exitCode === 0 ? "clean" : refused ? "refused" : "failed",
      resources:
        mode === "preview"
          ? plannedResources(events, ended.stdout)
          : exportedResources((await pulumi("stack", "export", "--stack", stack, "--cwd", project)).stdout),
      findings,
      errors,
      operations: operationsOf(events),
    };
  });
}

/** The CLI's environment: all of its files are in the folder, except for the machine's plugins. */
async function environment(folder: string, awsPort: number, passphrase: string): Promise<NodeJS.ProcessEnv> {
  const plugins = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
  const home = join(folder, "home");
  await Promise.all([home, join(folder, "state"), plugins].map((path) => mkdir(path, { recursive: true })));
  await symlink(plugins, join(home, "plugins"), "junction");
  return {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_DEBUG_COMMANDS: "true", // without it there is no --event-log
    PULUMI_DEBUG_PROVIDERS: `aws:${awsPort}`,
    PULUMI_HOME: home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NO_COLOR: "1",
  };
}

/**
 * Creates another stack with these outputs, for the program to refer to.
 *
 * @param name - `organization/PROJECT/STACK`
 */
async function createOtherStack(
  pulumi: Pulumi,
  folder: string,
  name: string,
  outputs: Values,
): Promise<void> {
  const [, project = "", stack = ""] = name.split("/");
  const cwd = join(folder, name.replaceAll("/", "-"));
  const urn = `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  const root = { urn, type: "pulumi:pulumi:Stack", custom: false, outputs };
  await mkdir(cwd);
  await writeFile(join(cwd, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
  await writeFile(join(cwd, "state.json"), JSON.stringify({ version: 3, deployment: { resources: [root] } }));
  await pulumi("stack", "init", stack, "--no-select", "--cwd", cwd);
  await pulumi("stack", "import", "--stack", stack, "--file", join(cwd, "state.json"), "--cwd", cwd);
}

/** Seconds within which the CLI must stop its child processes before it is killed. */
const GRACE_SECONDS = 10;

/** Runs a command to its end. */
function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  timeoutSeconds: number,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr, late] = ["", "", false];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const interrupt = setTimeout(() => {
      late = true;
      child.kill("SIGINT");
    }, timeoutSeconds * 1000);
    const kill = setTimeout(() => child.kill("SIGKILL"), (timeoutSeconds + GRACE_SECONDS) * 1000);
    const stopTimers = (): void => [interrupt, kill].forEach(clearTimeout);
    child.once("error", (error) => {
      stopTimers();
      reject(error);
    });
    child.once("close", (code) => {
      stopTimers();
      const told = `${command} ${args.join(" ")} did not end in ${timeoutSeconds} s:\n${stdout}\n${stderr}`;
      if (late) reject(new Error(told));
      else resolve({ exitCode: code ?? 1, stdout, stderr });
    });
  });
}
