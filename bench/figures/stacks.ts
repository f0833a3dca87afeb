import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

import { fixture, ROOT } from "../../test/support/rehearse";
import { family } from "./family";
import type { Measured, Measurement, Part } from "./part";
import { rehearsal, run } from "./run";

/** Milliseconds between two samples of the processes. */
const LOOK_EVERY = 100;

export const stacks: Part = {
  name: "stacks",
  claims:
    "A hundred stacks of one program are rehearsed in one run, with no more processes at a time than a few " +
    "stacks need.",
  judge:
    "Linux's list of processes, sampled ten times a second, and what the kernel counts. Each stack has a " +
    "program with five resources (`test/fixtures/plain-resources`) and our policy pack.",
  count: 100,
  counted: "stacks",
  measure,
};

/**
 * Processes of a running stack: the program and the pack, each with the shell that ends it. Another one may be ending
 * at the same time.
 */
const OF_A_STACK = 6;

async function measure({ count, log }: Measurement): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "figures-stacks-"));
  let most = 0;
  const looking = setInterval(() => {
    // Without this process and the shell that counts.
    most = Math.max(most, family(process.pid).length - 2);
    log(`at most ${most} processes at a time`);
  }, LOOK_EVERY);
  try {
    const files = Array.from({ length: count }, (_, index) => join(folder, `Pulumi.s${index}.yaml`));
    for (const file of files) writeFileSync(file, "config:\n  aws:region: eu-west-1\n");
    const command = rehearsal(
      "--program",
      fixture("plain-resources"),
      "--policy-pack",
      join(ROOT, "policies"),
      "--timeout",
      "600",
      ...files.flatMap((file) => ["--config-file", file]),
    );
    const { status, output, wall, cpu, memory } = await run(command);
    const verdicts = output.match(/^Verdict on s\d+: /gm)?.length ?? 0;
    const limit = 3 + OF_A_STACK * Math.max(2, availableParallelism());
    return {
      figures: [
        { what: "stacks with a verdict", value: verdicts, unit: "", goal: { atLeast: count }, of: count },
        {
          what: "maximum number of parallel processes",
          value: most,
          unit: "",
          goal: { atMost: limit },
          of: count,
        },
        { what: "total time", value: wall, unit: "s", of: count },
        { what: "processor time per stack", value: cpu / count, unit: "s", of: count },
        { what: "peak memory of all processes", value: memory / 2 ** 20, unit: "MiB", of: count },
      ],
      faults: status === 3 ? [`it ended with status ${status}: ${output.slice(-500)}`] : [],
    };
  } finally {
    clearInterval(looking);
    rmSync(folder, { recursive: true, force: true });
  }
}
