import { existsSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../../../test/support/rehearse";
import type { Figure } from "../part";
import { exponent, run } from "../run";

const CDK = join(ROOT, "bench", "cdk");

/**
 * Synthesises the same numbers of services with CDK, with and without its template validation; cdk-nag's rules run in
 * both.
 *
 * @param faults - collects failures
 * @returns nothing if CDK isn't installed: `npm run -s bench:cdk` installs it
 */
export async function measureCdk(
  sizes: readonly number[],
  log: (progress: string) => void,
  signal: AbortSignal,
  faults: string[],
): Promise<Figure[]> {
  if (!existsSync(join(CDK, "dist", "growth.js"))) return [];
  const figures: Figure[] = [];
  for (const [kind, validation] of [
    ["", "true"],
    [" without template validation", "false"],
  ] as const) {
    const samples: [number, number][] = [];
    let memory = 0;
    for (const services of sizes) {
      if (signal.aborted) return figures;
      log(`CDK, ${services} services${kind}`);
      const env = {
        SERVICES: String(services),
        CDK_VALIDATION: validation,
        CDK_DISABLE_CLI_TELEMETRY: "true",
      };
      const ended = await run([process.execPath, join("dist", "growth.js")], CDK, env);
      const [, resources] = /^(\d+) resources$/m.exec(ended.output) ?? [];
      if (resources === undefined)
        faults.push(`CDK, ${services} services${kind}: ${ended.output.slice(-500)}`);
      else samples.push([Number(resources), ended.cpu]);
      memory = ended.memory;
    }
    const [resources, cpu] = samples.at(-1) ?? [0, 0];
    if (resources === 0) continue;
    const what = `CDK and cdk-nag${kind}`;
    figures.push(
      {
        what: `${what}: processor time per resource`,
        value: (cpu / resources) * 1000,
        unit: "ms",
        of: resources,
      },
      { what: `${what}: peak memory`, value: memory / 2 ** 20, unit: "MiB", of: resources },
    );
    if (samples.length > 1)
      figures.push({ what: `${what}: exponent of the time`, value: exponent(samples.slice(-2)), unit: "" });
  }
  return figures;
}
