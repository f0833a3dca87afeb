/** Rehearses stacks inside this process, without policies: their resources and the dependencies between these. */
import { standInCloud } from "../../packages/rehearse/cloud/stand-in";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { readOptions } from "../../packages/rehearse/options";
import { type Rehearsal, rehearse } from "../../packages/rehearse/rehearsal";
import { WARM } from "./warm-host";

let former: Promise<unknown> = Promise.resolve();

/** The resources of a preview, with unknown values, for drawings and simulations. See {@link unjudged}. */
export async function previewed(args: readonly string[]): Promise<readonly Resource[]> {
  return (await unjudged(args)).resources;
}

/**
 * Rehearses a stack inside this process, without policies, which take half of the processor time even if they find
 * nothing.
 *
 * @param args - the rehearsal's command line, for one stack and one mode
 * @throws the program's error, if it fails
 */
export function unjudged(args: readonly string[]): Promise<Rehearsal> {
  const running = former.then(() => run(args));
  former = running.catch(() => undefined);
  return running;
}

async function run(args: readonly string[]): Promise<Rehearsal> {
  const options = readOptions(args);
  const { stacks: [stack] = [], modes: [mode] = [] } = options ?? {};
  if (options === undefined || stack === undefined || mode === undefined)
    throw new Error(`no stack: ${args.join(" ")}`);
  const rehearsal = await rehearse({
    project: options.project,
    stack: stack.name,
    config: stack.config,
    mode,
    packs: [],
    hosts: WARM,
    cloud: standInCloud(options.answers),
    allowUnjudged: [],
    timeoutSeconds: 120,
    onProgress: () => undefined,
  });
  if (rehearsal.verdict === "failed")
    throw new Error(rehearsal.diagnostics.map(({ message }) => message).join("\n"));
  return rehearsal;
}
