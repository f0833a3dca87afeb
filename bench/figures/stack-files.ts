import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fixture, ROOT, startRehearsal } from "../../test/support/rehearse";
import { faultOf } from "./bad-input/programs";
import { ourReader, pulumiReader, type Reading } from "./bad-input/readers";
import { stackFileTexts } from "./bad-input/stack-file-texts";
import type { Figure, Measured, Measurement, Part } from "./part";

export const stackFiles: Part = {
  name: "stack-files",
  claims:
    "Whatever a stack file contains, the rehearsal reads it as Pulumi does or refuses it with a message: " +
    "no stack trace of its own, no hang.",
  judge:
    "Pulumi's own loader, from its Go SDK, for valid, nearly valid and hostile YAML from " +
    "`bench/figures/bad-input/stack-file-texts.ts`; one hundredth of the files are read by separate " +
    "processes.",
  count: 10_000,
  counted: "stack files",
  measure,
};

/** Gives the same files each time. */
const SEED = 1;

async function measure(run: Measurement): Promise<Measured> {
  const faults: string[] = [];
  const figures = [...(await readFiles(run, faults)), ...(await rehearseFiles(run, faults))];
  return { figures, faults: [...new Set(faults)] };
}

async function readFiles({ count, log, signal }: Measurement, faults: string[]): Promise<Figure[]> {
  log("building Pulumi's own loader");
  const theirs = pulumiReader();
  let ours = ourReader();
  const sum = { read: 0, same: 0, refused: 0, alone: 0, otherwise: 0, taken: 0, crashed: 0, hung: 0 };
  try {
    for (const { bytes } of stackFileTexts(count, SEED)) {
      if (signal.aborted) break;
      const [own, pulumis] = [await ours.read(bytes), await theirs?.read(bytes)];
      sum.read++;
      log(`${sum.read} stack files read`);
      const told = (what: string): void =>
        void faults.push(`${what}: ${JSON.stringify(bytes.toString()).slice(0, 300)}`);
      if (own === undefined) {
        sum.hung++;
        told("it hung");
        ours.close();
        ours = ourReader();
      } else if (own.crashed !== undefined) {
        sum.crashed++;
        told(`a stack trace: ${own.crashed.slice(0, 200)}`);
      } else if (pulumis !== undefined) compare(own, pulumis, sum, told);
    }
  } finally {
    ours.close();
    theirs?.close();
  }
  const of = sum.read;
  const none = { unit: "", goal: { atMost: 0 }, of };
  return [
    { what: "stack files that end in a stack trace", value: sum.crashed, ...none },
    { what: "stack files that hang", value: sum.hung, ...none },
    ...(theirs === undefined
      ? []
      : [
          { what: "read by both, as Pulumi reads them", value: sum.same, unit: "", of },
          { what: "refused by both", value: sum.refused, unit: "", of },
          { what: "read differently from Pulumi", value: sum.otherwise, ...none },
          { what: "read, and refused by Pulumi", value: sum.taken, unit: "", goal: { atMost: of / 200 }, of },
          { what: "refused with a message, and read by Pulumi", value: sum.alone, unit: "", of },
        ]),
  ];
}

function compare(
  own: Reading,
  pulumis: Reading,
  sum: Record<"same" | "refused" | "alone" | "otherwise" | "taken", number>,
  told: (what: string) => void,
): void {
  if (own.refused !== undefined) return void sum[pulumis.refused === undefined ? "alone" : "refused"]++;
  if (pulumis.refused !== undefined) return void sum.taken++;
  const sorted = ({ settings = {} }: Reading): string => JSON.stringify(Object.entries(settings).sort());
  if (sorted(own) === sorted(pulumis)) return void sum.same++;
  sum.otherwise++;
  told("it is read differently");
}

/** Reads some of the files in separate processes, started as a user starts them. */
async function rehearseFiles({ count, log, signal }: Measurement, faults: string[]): Promise<Figure[]> {
  const files = stackFileTexts(count, SEED).filter((_, index) => index % 100 === 50);
  const folder = mkdtempSync(join(tmpdir(), "bad-input-"));
  let [done, traces] = [0, 0];
  try {
    for (const { bytes } of files) {
      if (signal.aborted) break;
      const file = join(folder, "Pulumi.dev.yaml");
      writeFileSync(file, bytes);
      const args = ["--program", fixture("one-bucket"), "--config-file", file, "--timeout", "60"];
      const { status, stdout, stderr } = await startRehearsal([
        ...args,
        "--policy-pack",
        join(ROOT, "test/fixtures/packs/allows"),
      ]).ended;
      log(`${++done} of ${files.length} stack files rehearsed`);
      const fault = faultOf({
        program: "",
        change: "",
        status,
        seconds: 0,
        output: stdout + stderr,
        resources: [],
      });
      if (fault === undefined) continue;
      traces++;
      faults.push(`rehearsed, ${fault}: ${JSON.stringify(bytes.toString()).slice(0, 300)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    {
      what: "read by separate processes, with a stack trace or without a message",
      value: traces,
      unit: "",
      goal: { atMost: 0 },
      of: done,
    },
  ];
}
