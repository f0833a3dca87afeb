/**
 * The store's program, rehearsed within this very process: hundreds of stack files in the time that a few processes
 * take. The engine is the rehearsal's own; the SDK's calls reach it directly instead of by gRPC.
 */
import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { standInCloud } from "../../packages/rehearse/cloud/stand-in";
import { ORGANIZATION } from "../../packages/rehearse/engine/contracts";
import { Deployment } from "../../packages/rehearse/engine/deployment";
import { EngineServer } from "../../packages/rehearse/engine/server";
import { StackConfig } from "../../packages/rehearse/project/config";
import { readProject } from "../../packages/rehearse/project/project";
import { ROOT } from "./rehearse";

const STACK = "generated";

const PROJECT = readProject(ROOT);

/** What the SDK's declarations leave out: a state of its own for each run. */
const { getStore, withLocalStorage } = state as unknown as {
  readonly getStore: () => { settings: { engine: unknown } };
  readonly withLocalStorage: <T>(run: () => Promise<T>) => Promise<T>;
};

/**
 * Deploys the store of a stack file to the stand-in cloud.
 *
 * @param config - what the file has under `config`
 * @returns the deployment: its resources, which nothing has judged
 * @throws with every diagnostic if the program, the engine or the cloud has one
 */
export async function rehearseStore(config: Readonly<Record<string, unknown>>): Promise<Deployment> {
  const deployment = new Deployment({
    mode: "up",
    stack: STACK,
    config: configOf(config),
    analyzers: Promise.resolve([]),
    project: PROJECT.name,
    cloud: standInCloud({}),
    programDir: PROJECT.workingDir,
  });
  const server = new EngineServer(deployment);
  let failure = "";
  try {
    await withLocalStorage(async () => {
      pulumi.runtime.setMockOptions(direct(server.monitor()), PROJECT.name, STACK, false, ORGANIZATION);
      getStore().settings.engine = direct(server.engine());
      pulumi.runtime.setAllConfig(Object.fromEntries(deployment.options.config.entries()), []);
      await pulumi.runtime.runInPulumiStack(theProgram);
      await pulumi.runtime.disconnect();
    });
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    deployment.stop();
    server.close();
  }
  const messages = deployment.diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
  if (failure !== "" || messages.length > 0) throw new Error([...messages, failure].join("\n"));
  return deployment;
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

/** Runs `stacks/index.ts` once more: it is a program, and does its work when it is loaded. */
async function theProgram(): Promise<Record<string, unknown>> {
  const entry = require.resolve("../../stacks/index");
  delete require.cache[entry];
  // Node.js keeps what a module has loaded, and would keep every deployment with it.
  module.children = module.children.filter(({ id }) => id !== entry);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would load it once
  return require(entry) as Record<string, unknown>;
}

function configOf(values: Readonly<Record<string, unknown>>): StackConfig {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  try {
    const file = join(folder, `Pulumi.${STACK}.yaml`);
    writeFileSync(file, JSON.stringify({ config: values }));
    return StackConfig.read(PROJECT, STACK, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
