import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "../../test/support/rehearse";
import { measureCdk } from "./growth/cdk";
import type { Figure, Measured, Measurement, Part } from "./part";
import { exponent, rehearsal, run } from "./run";

/** The exponent of slightly more than linear growth, to allow for noise. */
const LINEAR = { atMost: 1.1 };

/** The shares of the count that are measured as numbers of stores and services. */
const SHARES = [0.01, 0.1, 1];

/** Time limit of a program with 100 stores, in seconds, also on a busy machine. */
const TIMEOUT = 3600;

export const growth: Part = {
  name: "growth",
  claims:
    "A program that is ten times as large takes at most ten times as long to rehearse, to judge and to " +
    "compare with what is deployed.",
  judge:
    "the processor time and memory that the kernel counts for the rehearsal and all its processes, for one " +
    "hundredth, one tenth and all of the stores of this repository in one program (`Pulumi.prod.yaml`; 100 " +
    "stores are about 13,000 resources). The exponent is the slope of time over resources on logarithmic " +
    "scales: 1 is linear. CDK synthesises as many of its services (`bench/cdk`), one stack each.",
  count: 100,
  counted: "stores at most",
  measure,
};

/** The result for one size. */
interface Sample {
  readonly stores: number;
  readonly resources: number;
  readonly cpu: number;
  readonly memory: number;
}

async function measure({ count, log, signal }: Measurement): Promise<Measured> {
  const sizes = [...new Set(SHARES.map((share) => Math.ceil(share * count)))];
  const faults: string[] = [];
  const kinds = { plain: [] as Sample[], policies: [] as Sample[], compared: [] as Sample[] };
  const folder = mkdtempSync(join(tmpdir(), "growth-"));
  try {
    for (const stores of sizes) {
      const state = join(folder, `${stores}.json`);
      const options = {
        plain: ["--policy-pack", join(ROOT, "test", "fixtures", "packs", "allows")],
        policies: ["--policy-pack", join(ROOT, "policies"), "--export", state],
        compared: ["--policy-pack", join(ROOT, "test", "fixtures", "packs", "allows"), "--against", state],
      };
      for (const [kind, own] of Object.entries(options)) {
        if (signal.aborted) break;
        log(`${stores} stores, ${kind}`);
        const ended = await rehearse(stores, own);
        if (ended.resources === 0) faults.push(`${stores} stores, ${kind}: ${ended.output.slice(-1000)}`);
        else kinds[kind as keyof typeof kinds].push({ stores, ...ended });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const figures = [
    ...figuresOf("rehearsed without policies", kinds.plain),
    ...figuresOf("rehearsed with the policies", kinds.policies),
    ...figuresOf("compared with what is deployed, without policies", kinds.compared),
    ...(await measureCdk(sizes, log, signal, faults)),
  ];
  return { figures, faults };
}

async function rehearse(stores: number, options: readonly string[]) {
  const program = join(__dirname, "growth");
  const { output, cpu, memory } = await run(
    rehearsal(
      "--program",
      program,
      "--config-file",
      join(ROOT, "Pulumi.prod.yaml"),
      "--timeout",
      String(TIMEOUT),
      ...options,
    ),
    ROOT,
    { STORES: String(stores) },
  );
  const [, resources = "0"] = /(\d+) (?:to create|unchanged)$/m.exec(output) ?? [];
  return { output, cpu, memory, resources: Number(resources) };
}

function figuresOf(what: string, samples: readonly Sample[]): Figure[] {
  const largest = samples.at(-1);
  if (largest === undefined) return [];
  const { resources, cpu, memory } = largest;
  const one = samples[0];
  return [
    {
      what: `${what}: processor time per resource`,
      value: (cpu / resources) * 1000,
      unit: "ms",
      of: resources,
    },
    ...(one && one !== largest
      ? [
          {
            what: `${what}: per resource of a single store`,
            value: (one.cpu / one.resources) * 1000,
            unit: "ms",
            of: one.resources,
          },
        ]
      : []),
    { what: `${what}: peak memory`, value: memory / 2 ** 20, unit: "MiB", of: resources },
    ...(samples.length > 1
      ? [
          {
            what: `${what}: exponent of the time`,
            value: exponent(samples.slice(-2).map((sample) => [sample.resources, sample.cpu])),
            unit: "",
            goal: LINEAR,
          },
        ]
      : []),
  ];
}
