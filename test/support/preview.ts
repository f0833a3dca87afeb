/** The resources of a preview, as what draws and simulates them has them: with what depends on what, and all that is unknown. */
import { standInCloud } from "../../packages/rehearse/cloud/stand-in";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { readOptions } from "../../packages/rehearse/options";
import { rehearse } from "../../packages/rehearse/rehearsal";
import { WARM } from "./warm-host";

let former: Promise<unknown> = Promise.resolve();

/**
 * Previews a stack inside this process, without policies.
 *
 * @param args - the rehearsal's command line
 * @throws what the program says, if it fails
 */
export function previewed(args: readonly string[]): Promise<readonly Resource[]> {
  const running = former.then(() => preview(args));
  former = running.catch(() => undefined);
  return running;
}

async function preview(args: readonly string[]): Promise<readonly Resource[]> {
  const options = readOptions(args);
  const [stack] = options?.stacks ?? [];
  if (options === undefined || stack === undefined) throw new Error(`no stack: ${args.join(" ")}`);
  const rehearsal = await rehearse({
    project: options.project,
    stack: stack.name,
    config: stack.config,
    mode: "preview",
    packs: [],
    hosts: WARM,
    cloud: standInCloud(options.answers),
    allowUnjudged: [],
    timeoutSeconds: 120,
    onProgress: () => undefined,
  });
  if (rehearsal.verdict === "failed")
    throw new Error(rehearsal.diagnostics.map(({ message }) => message).join("\n"));
  return rehearsal.resources;
}
