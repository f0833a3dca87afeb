/**
 * Rehearses the store's program within this process: hundreds of stack files take as long as a few processes. The
 * engine is the rehearsal's own; the SDK calls it directly instead of over gRPC.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { standInCloud } from "../../packages/rehearse/cloud/stand-in";
import { Deployment } from "../../packages/rehearse/engine/deployment";
import { EngineServer } from "../../packages/rehearse/engine/server";
import { StackConfig } from "../../packages/rehearse/project/config";
import { readProject } from "../../packages/rehearse/project/project";
import { ROOT } from "./rehearse";
import { runHere } from "./warm-host";
import { stackFile } from "./stack-file";

const STACK = "generated";

const PROJECT = readProject(ROOT);

/** Values that the cloud can't know: the client secret of a login. */
const ANSWERS = {
  invokes: {
    "aws:secretsmanager/getSecretVersion:getSecretVersion": [{ result: { secretString: "made-up" } }],
  },
};

/**
 * Deploys the store to the stand-in cloud from a stack file.
 *
 * @param config - the file's `config`
 * @returns the deployment with its resources, without policies
 * @throws with every warning and error of the program, the engine or the cloud
 */
export async function rehearseStore(config: Readonly<Record<string, unknown>>): Promise<Deployment> {
  const deployment = new Deployment({
    mode: "up",
    stack: STACK,
    config: configOf(config),
    analyzers: Promise.resolve([]),
    project: PROJECT.name,
    cloud: standInCloud(ANSWERS),
    programDir: PROJECT.workingDir,
  });
  const server = new EngineServer(deployment);
  let failure = "";
  try {
    await runHere({ project: PROJECT, stack: STACK, config: deployment.options.config, mode: "up", server });
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    deployment.stop();
    server.close();
  }
  const messages = deployment.diagnostics
    .filter(({ severity }) => severity === "warning" || severity === "error")
    .map(({ severity, message }) => `${severity}: ${message}`);
  if (failure !== "" || messages.length > 0) throw new Error([...messages, failure].join("\n"));
  return deployment;
}

function configOf(values: Readonly<Record<string, unknown>>): StackConfig {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  try {
    const file = join(folder, `Pulumi.${STACK}.yaml`);
    writeFileSync(file, stackFile(values));
    return StackConfig.read(PROJECT, STACK, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
