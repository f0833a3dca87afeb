import assert from "node:assert/strict";
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import type { Esbuild } from "../../packages/rehearse/hosts/transpiler";
import { prepare, run as runRehearsal, type Streams } from "../../packages/rehearse/main";
import type { Hosts } from "../../packages/rehearse/rehearsal";
import type { JsonResource, JsonStack } from "../../packages/rehearse/report/json";

import { type Changes, stackFile } from "./stack-file";
import { temporaryFolder } from "./temporary";
import { FAILED_UNTOLD, PACKS_HERE, WARM } from "./warm-host";

/** The checkout's folder. */
export const ROOT = join(__dirname, "..", "..");

// These variables of the user's shell would change the tests.
delete process.env["INIT_CWD"];
delete process.env["PULUMI_CONFIG_PASSPHRASE"];

/** The folder of a fixture program. */
export function fixture(name: string): string {
  return join(ROOT, "test", "fixtures", name);
}

/** The folder of a policy pack for tests. */
export function pack(name: string): string {
  return fixture(join("packs", name));
}

/**
 * A JavaScript program with a stack `dev`, in a folder of its own, which is removed when the tests end.
 *
 * @param source - the code after the declaration of `aws`
 */
export function programOf(source: string): string {
  const folder = temporaryFolder("program-");
  const files = {
    "Pulumi.yaml": "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n",
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    "package.json": '{ "name": "shop", "main": "index.js" }\n',
    "index.js": `const aws = require("@pulumi/aws");\n${source}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Runs a function with additional environment variables. */
export async function withVariables<T>(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const { env } = process;
  process.env = { ...env, ...variables };
  try {
    return await work();
  } finally {
    process.env = env;
  }
}

/** The result of a process. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of a run of the command line. */
export interface RunOptions {
  /** @default the checkout */
  readonly cwd?: string;
  /** Variables in addition to this process's own. @default none */
  readonly env?: Record<string, string>;
}

/** A running rehearsal. */
export interface RunningRehearsal {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

/** Starts the rehearsal's command line as a user does, its output piped. */
export function startRehearsal(args: readonly string[], options: RunOptions = {}): RunningRehearsal {
  const child = spawn(process.execPath, [join(ROOT, "packages/rehearse/bin.cjs"), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, ended: endOf(child) };
}

/** Waits for a process to end, and returns its output. */
export async function endOf(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<Run> {
  const closed = once(child, "close") as Promise<[number | null]>;
  const [[status], stdout, stderr] = await Promise.all([closed, textOf(child.stdout), textOf(child.stderr)]);
  return { status, stdout, stderr };
}

/**
 * Runs the rehearsal's command line to its end: in this process, with the packs that can run here, unless there are
 * options, which need a separate process.
 */
export function rehearse(args: readonly string[], options?: RunOptions): Promise<Run> {
  return options === undefined
    ? oneByOne(() => rehearseHere(args, PACKS_HERE))
    : startRehearsal(args, options).ended;
}

/** One stack in one mode, with methods to find resources. */
export class Graph {
  constructor(readonly stack: JsonStack) {}

  get resources(): readonly JsonResource[] {
    return this.stack.resources;
  }

  /** All resources of a type. */
  ofType(type: string): JsonResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of a type, or of a type and name; fails if there are more or none. */
  one(type: string, name?: string): JsonResource {
    const found = this.ofType(type).filter((resource) => name === undefined || resource.name === name);
    assert.equal(
      found.length,
      1,
      `expected one ${type} ${name ?? ""}, found ${found.map((r) => r.name).join(", ") || "none"}`,
    );
    return found[0] as JsonResource;
  }

  /** The children of a resource, in the order of their registration. */
  childrenOf(parent: JsonResource): JsonResource[] {
    return this.resources.filter((resource) => resource.parent === parent.urn);
  }
}

/** The output of `--json`, by stack and mode. */
export interface JsonRun extends Run {
  graph(mode: "preview" | "up", stack?: string): Graph;
}

const finished = new Map<typeof rehearseWarm, Map<string, Promise<JsonRun>>>();

/**
 * Runs the rehearsal with `--json`, once for the same arguments: later calls get the same result.
 *
 * @param how - {@link rehearse} for tests about a program in a separate process
 */
export function rehearseJson(args: readonly string[], how = rehearseWarm): Promise<JsonRun> {
  const key = JSON.stringify(args);
  const known = finished.get(how)?.get(key);
  if (known) return known;
  const ended = how([...args, "--json"]).then((run): JsonRun => {
    let stacks: readonly JsonStack[] | undefined;
    return {
      ...run,
      graph: (mode, stack) => {
        // The output for a dozen stacks is long, so it is parsed once.
        stacks ??= (JSON.parse(run.stdout) as { stacks?: JsonStack[] }).stacks;
        assert.ok(stacks, `it failed: ${run.stderr}`);
        const found = stacks.find((one) => one.mode === mode && (stack === undefined || one.stack === stack));
        assert.ok(
          found,
          `no ${mode} of ${stack ?? "any stack"} in ${stacks.map((s) => `${s.stack} ${s.mode}`).join(", ")}`,
        );
        return new Graph(found);
      },
    };
  });
  finished.set(how, (finished.get(how) ?? new Map<string, Promise<JsonRun>>()).set(key, ended));
  return ended;
}

/**
 * Rehearses an update of generated stacks. Fails the test unless all of them are allowed.
 *
 * @param stacks - the settings of their stack files, by name
 * @param more - further arguments
 */
export async function rehearseStacks(
  stacks: Readonly<Record<string, Changes>>,
  ...more: readonly string[]
): Promise<JsonRun> {
  const folder = mkdtempSync(join(tmpdir(), "stacks-"));
  try {
    const files = Object.entries(stacks).map(([stack, changes]) => {
      const file = join(folder, `Pulumi.${stack}.yaml`);
      writeFileSync(file, stackFile(changes));
      return ["--config-file", file];
    });
    const run = await rehearseJson([...files.flat(), "--mode", "up", ...more]);
    assert.equal(run.status, 0, run.stderr);
    return run;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs the rehearsal's command line inside this process, because loading it takes a quarter of a run's processor time.
 * The program and the packs still run in their own processes.
 *
 * @param columns - width of the terminal that it writes to. @default it writes to no terminal
 */
export async function rehearseHere(args: readonly string[], hosts?: Hosts, columns?: number): Promise<Run> {
  // Suites without a rehearsal don't need this.
  if (!isPrepared) prepare(require("esbuild") as Esbuild);
  isPrepared = true;
  const terminal = columns === undefined ? {} : { columns, isTTY: true };
  return captured((streams) => runRehearsal(args, streams, hosts), terminal);
}

/**
 * Runs a command line inside this process.
 *
 * @param terminal - the terminal properties of its streams. @default they are no terminal
 */
export async function captured(
  run: (streams: Streams) => Promise<number>,
  terminal: Partial<Streams["stdout"]> = {},
): Promise<Run> {
  const written = { stdout: "", stderr: "" };
  const status = await run({
    stdout: { ...terminal, write: (text: string) => (written.stdout += text) },
    stderr: { ...terminal, write: (text: string) => (written.stderr += text) },
  });
  return { status, ...written };
}

/**
 * {@link rehearseHere} with the program and the packs inside this process too, one rehearsal at a time: it takes a
 * quarter of the processor time. If a program fails, and only its own process would report the error, it runs again in
 * one.
 */
export async function rehearseWarm(args: readonly string[]): Promise<Run> {
  const run = await oneByOne(() => rehearseHere(args, WARM));
  return run.stdout.includes(`the program ended with status ${FAILED_UNTOLD}`) ? rehearse(args) : run;
}

/** Waits for the last rehearsal to end before it starts the next one: the SDKs can run only one at a time. */
function oneByOne(run: () => Promise<Run>): Promise<Run> {
  const ended = former.then(run);
  former = ended.then(
    () => undefined,
    () => undefined,
  );
  return ended;
}

let former: Promise<void> = Promise.resolve();

let isPrepared = false;

/** A resource in the state that `--export` writes. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly provider?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly customTimeouts?: unknown;
  readonly replaceOnChanges?: readonly string[];
  readonly ignoreChanges?: readonly string[];
}

/** The state of one stack after a rehearsal. */
export async function stateOf(args: readonly string[]): Promise<StateResource[]> {
  const dir = mkdtempSync(join(tmpdir(), "state-"));
  try {
    const file = join(dir, "state.json");
    const { status, stderr } = await rehearseWarm([...args, "--export", file]);
    assert.equal(status, 0, stderr);
    const state = parsed<{ deployment: { resources: StateResource[] } }>(readFileSync(file, "utf8"));
    return state.deployment.resources;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Asserts that a value is a string. */
export function text(value: unknown): string {
  assert.equal(typeof value, "string");
  return value as string;
}

/** Parses JSON whose shape the caller knows. */
export function parsed<Shape>(json: unknown): Shape {
  return JSON.parse(text(json)) as Shape;
}
