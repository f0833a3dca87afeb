import { join } from "node:path";
import * as esbuild from "esbuild";
import { standInCloud } from "../../packages/rehearse/cloud/stand-in";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { transpileWith } from "../../packages/rehearse/hosts/child";
import { Transpiler } from "../../packages/rehearse/hosts/transpiler";
import { readOptions } from "../../packages/rehearse/options";
import { type Rehearsal, rehearse } from "../../packages/rehearse/rehearsal";
import { WARM } from "../../test/support/warm-host";
import type { Run } from "./corpus";

/** A program as the engine sees it. */
export interface Rehearsed {
  readonly key: string;
  /** The resources of a preview, whose computed values are unknown. */
  readonly preview: readonly Resource[];
  /**
   * The resources after an update, with generated ids and ARNs; those of the preview if the program needs a value that
   * only a real cloud has.
   */
  readonly up: readonly Resource[];
}

/**
 * Rehearses programs in both modes, without packs, which judge the resources later.
 *
 * @param onDone called after each program
 * @throws Error if a program fails in preview
 */
export async function rehearseAll(
  corpus: string,
  runs: readonly Run[],
  onDone: (run: Run) => void,
): Promise<Rehearsed[]> {
  transpileWith(new Transpiler(esbuild));
  const outcomes: Rehearsed[] = [];
  for (const run of runs) {
    outcomes.push(await rehearseOne(corpus, run));
    onDone(run);
  }
  return outcomes;
}

async function rehearseOne(corpus: string, { key, stack: name, file }: Run): Promise<Rehearsed> {
  const options = readOptions([name, "--program", corpus, "--config-file", join(corpus, file)]);
  const stack = options?.stacks[0];
  if (options === undefined || stack === undefined) throw new Error(`no stack for ${name}`);
  const run = (mode: "preview" | "up"): Promise<Rehearsal> =>
    rehearse({
      mode,
      packs: [],
      stack: stack.name,
      config: stack.config,
      onProgress: () => undefined,
      project: options.project,
      timeoutSeconds: 300,
      cloud: standInCloud(options.answers),
      allowUnjudged: [],
      hosts: WARM,
    });
  // In sequence, because they share the SDK.
  const [preview, up] = [await run("preview"), await run("up")];
  if (preview.verdict === "failed") {
    const why = preview.diagnostics.map(({ message }) => message).join("\n");
    throw new Error(`${key} failed in preview:\n${why}`);
  }
  return { key, preview: preview.resources, up: (up.verdict === "failed" ? preview : up).resources };
}
