/**
 * Runs programs and this project's pack inside the tests' own process, one at a time, so that the SDKs are loaded once.
 * Each program gets its own state of the SDK, and its modules are loaded afresh. This host doesn't reproduce what
 * depends on a separate process (a program's output, its failures): see `rehearseHere`.
 * `test/rehearse/warm-host.test.ts` checks that both give the same results.
 */
import * as pulumi from "@pulumi/pulumi";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { EngineServer } from "../../packages/rehearse/engine/server";
import type { PackRun, StartedPack } from "../../packages/rehearse/hosts/pack-process";
import { ALREADY_REPORTED, type ProgramOptions } from "../../packages/rehearse/hosts/program";
import type { PackFiles } from "../../packages/rehearse/project/pack-config";
import { ORGANIZATION } from "../../packages/rehearse/project/project";
import { type Hosts, PROCESSES } from "../../packages/rehearse/rehearsal";
import type { Door } from "./pack-door";
import { isInProcess, openInProcess } from "./pack-in-process";

const ROOT = join(__dirname, "..", "..");
/**
 * Modules that stay loaded: installed packages, and this project's modules without state, except for bundles of sources,
 * which don't change.
 */
const KEPT = [
  `${sep}node_modules${sep}`,
  ...["components", "corpus/attacks", "stacks"].map((folder) => join(ROOT, folder) + sep),
];

/** The SDK's state of a run. The last two fields belong to the loaded packages, and therefore to this process. */
interface Store {
  readonly settings: { engine: unknown; readonly options: { rootDirectory: string } };
  /** Its open promises. */
  readonly leakCandidates: ReadonlySet<Promise<unknown>>;
  resourcePackages: unknown;
  resourceModules: unknown;
}

/** The exit status of a program whose error only a separate process would report. */
export const FAILED_UNTOLD = 1;

/** Two functions and a class that the SDK's declarations leave out. */
const state = require("@pulumi/pulumi/runtime/state") as {
  readonly getGlobalStore: () => Store;
  readonly LocalStore: new () => Store;
  getLocalStore: () => Store;
};
const { getGlobalStore: getStore, LocalStore } = state;
// The SDK uses a store's engine, and with it the program's log, only if the store is local.
state.getLocalStore = getStore;

/** Runs programs in this process, and packs where possible. */
export const WARM: Hosts = {
  parallel: false,
  startPack(files, run) {
    const directory = relative(ROOT, realpathSync(files.dir));
    return isInProcess(directory) ? startHere(directory, files, run) : PROCESSES.startPack(files, run);
  },
  startProgram(options) {
    if (!fitsIn(options.project.workingDir)) return PROCESSES.startProgram(options);
    const exited = runHere(options).then(
      () => 0,
      (error) => (pulumi.RunError.isInstance(error) ? ALREADY_REPORTED : FAILED_UNTOLD),
    );
    return { exited, kill: () => undefined };
  },
};

/**
 * Runs programs in their own processes, and packs in this one where possible: starting a pack takes half of a short
 * rehearsal.
 */
export const PACKS_HERE: Hosts = { ...PROCESSES, parallel: false, startPack: WARM.startPack };

/** Whether a program uses this process's SDK. A program's own `import` of ES modules would load another one. */
function fitsIn(folder: string): boolean {
  const { resolve } = createRequire(join(folder, "package.json"));
  try {
    return resolve("@pulumi/pulumi") === require.resolve("@pulumi/pulumi");
  } catch {
    return false;
  }
}

/** A program that runs in this process. */
export type ProgramHere = Pick<ProgramOptions, "project" | "stack" | "config" | "mode"> & {
  readonly server: EngineServer | Promise<EngineServer>;
  /** Receives the lines that the program prints while it loads. @default they are printed */
  readonly onStdout?: (line: string) => void;
};

/**
 * Runs a program to its end.
 *
 * @throws the program's error
 */
export async function runHere({ project, stack, config, mode, ...options }: ProgramHere): Promise<void> {
  const server = await options.server;
  const { resourcePackages, resourceModules } = getStore();
  // In the same place as in a separate process. The SDK's `withLocalStorage` makes Node.js track every promise, which
  // is slow.
  const store = Object.assign(new LocalStore(), { resourcePackages, resourceModules });
  (globalThis as { globalStore?: Store }).globalStore = store;
  const preview = mode === "preview";
  pulumi.runtime.setMockOptions(direct(server.monitor()), project.name, stack, preview, ORGANIZATION);
  store.settings.engine = direct(server.engine());
  store.settings.options.rootDirectory = project.root;
  pulumi.runtime.setAllConfig(Object.fromEntries(config.entries()), config.secretKeys());
  try {
    await pulumi.runtime.runInPulumiStack(() =>
      load(project.workingDir, project.entryPoint, options.onStdout),
    );
    await pulumi.runtime.disconnect();
  } catch (error) {
    if (pulumi.RunError.isInstance(error)) await pulumi.log.error(error.message);
    // Pending promises must not see the next program's state.
    await Promise.race([Promise.allSettled(store.leakCandidates), sleep(100)]);
    throw error;
  }
}

type Handler = (call: { request: unknown }, callback: unknown) => void;

/** A service's client that calls the service's handlers. */
function direct(service: object): object {
  return new Proxy(service, {
    get(handlers, name) {
      const handler: unknown = Reflect.get(handlers, name);
      if (typeof handler !== "function") return undefined;
      return (request: unknown, ...rest: unknown[]) => (handler as Handler)({ request }, rest.at(-1));
    },
  });
}

/** Loads a program as if for the first time. */
async function load(folder: string, entryPoint: string, onStdout?: (line: string) => void): Promise<unknown> {
  const entry = require.resolve(join(folder, entryPoint));
  const within = folder + sep;
  const isOwn = (file: string): boolean =>
    file === entry || (file.startsWith(within) && !KEPT.some((kept) => file.includes(kept)));
  const kept = takenOut(isOwn);
  const current = process.cwd();
  process.chdir(folder);
  const { stdout } = process;
  const write: unknown = Reflect.get(stdout, "write");
  if (onStdout)
    stdout.write = (text) => (String(text).replace(/\n$/, "").split("\n").forEach(onStdout), true);
  try {
    // `import()` would load it only once.
    const exported: unknown = require(entry);
    return typeof exported === "function" ? (exported as () => unknown)() : exported;
  } finally {
    Object.assign(stdout, { write });
    process.chdir(current);
    // Keeps the tests' own modules, which are beside this program's modules.
    takenOut(isOwn);
    for (const [file, module] of kept) require.cache[file] = module;
    // Node.js keeps a list of the modules that a module has loaded, and with them every deployment.
    module.children = module.children.filter(({ id }) => id !== entry);
  }
}

/** Removes modules from Node.js's cache, and returns them. */
function takenOut(which: (file: string) => boolean): Map<string, NodeModule | undefined> {
  const files = Object.keys(require.cache).filter(which);
  const modules = files.map((file): [string, NodeModule | undefined] => [file, require.cache[file]]);
  for (const file of files) delete require.cache[file];
  return new Map(modules);
}

function startHere(directory: string, files: PackFiles, run: PackRun): StartedPack {
  const door = openInProcess({ directory });
  const former = closed;
  return {
    files,
    run,
    ended: new Promise(() => undefined), // It runs in this process.
    connect: () => former.then(() => clientOf(door)),
    kill: () => void (closed = door.close()),
  };
}

/** Resolves when the last pack is closed: the next one has the same rules. */
let closed: Promise<void> = Promise.resolve();

type Callback<Response> = (error: Error | null, response?: Response) => void;

/** The arguments of a call after its request. */
type Rest = [metadata: unknown, options: unknown, done: Callback<rpc.AnalyzeResponse>];

/** A client of the analyzer's protocol for a pack in this process. */
function clientOf(door: Door): AnalyzerClient {
  const answer =
    <Request, Response>(ask: (request: Request) => Promise<Response>) =>
    (request: Request, _metadata: unknown, _options: unknown, done: Callback<Response>): void =>
      void ask(request).then((response) => done(null, response), done);
  const askStack = answer((request: rpc.AnalyzeStackRequest) => door.analyzeStack(request));
  const client = {
    handshake: answer(async () => new rpc.AnalyzerHandshakeResponse()),
    configureStack: answer(async () => new rpc.AnalyzerStackConfigureResponse()),
    getAnalyzerInfo: answer(() => door.info()),
    configure: answer(async (request: rpc.ConfigureAnalyzerRequest) => {
      await door.configure(request);
      return new Empty();
    }),
    analyze: answer((request: rpc.AnalyzeRequest) => door.analyze(request)),
    // The only call whose message is already encoded: see `stackRequest`.
    makeUnaryRequest: (_path: string, _encode: unknown, _decode: unknown, encoded: Buffer, ...rest: Rest) =>
      askStack(rpc.AnalyzeStackRequest.deserializeBinary(encoded), ...rest),
    close: () => undefined,
  };
  return client as unknown as AnalyzerClient;
}
