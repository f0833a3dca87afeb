import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { itWith } from "../support/programs";
import { ROOT } from "../support/rehearse";
import { type EngineRun, runTrueEngine } from "../support/true-engine";
import { stackFile } from "../support/stack-file";

const { config: base } = parse(readFileSync(join(ROOT, "examples", "minimal-dev.yaml"), "utf8")) as {
  readonly config: Readonly<Record<string, unknown>>;
};

/** A store with two colours before and after a deployment: docs/blue-green.md. */
const STEPS = {
  off: {},
  resting: { enabled: true },
  filled: { enabled: true, fillIdle: true },
  canary: { enabled: true, fillIdle: true, blue: { weight: 90 }, green: { weight: 10 } },
} as const;
type Step = keyof typeof STEPS;

/** An action of a listener or rule, in its inputs. */
interface Action {
  readonly targetGroupArn?: string;
  readonly forward?: { readonly targetGroups: readonly { readonly weight: number }[] };
}

/** The weights of the rule for all requests; undefined for a single group, or without such a rule. */
function weightsOf({ resources }: EngineRun): number[] | undefined {
  const rule = resources.find(({ name }) => name === "web-store-everything");
  const actions = rule?.inputs["actions"] as unknown as readonly Action[] | undefined;
  return actions?.[0]?.forward?.targetGroups.map(({ weight }) => weight);
}

// Hooks run only in the engine, and only for an existing stack.
for (const mode of ["preview", "up"] as const) {
  describe(`On the true engine, ${mode} of a store with two colours`, function () {
    this.timeout(400_000);
    let dir = "";
    before(() => (dir = mkdtempSync(join(tmpdir(), "blue-green-"))));
    after(() => rmSync(dir, { recursive: true, force: true }));

    const fileOf = (step: Step): string => {
      const file = join(dir, `${step}.yaml`);
      writeFileSync(file, stackFile({ ...base, "web-store:blueGreen": STEPS[step] }));
      return file;
    };
    const deploy = (from: Step, to: Step): Promise<EngineRun> =>
      runTrueEngine({
        program: ROOT,
        stack: "store",
        mode,
        deployedBefore: fileOf(from),
        configFile: fileOf(to),
      });
    for (const from of ["off", "resting"] as const) {
      itWith(
        ["pulumi"],
        `refuses a colour that is filled and gets visitors at once, from ${from}`,
        async () => {
          const run = await deploy(from, "canary");
          assert.equal(run.verdict, "failed");
          assert.match(run.errors.join("\n"), /would get visitors before its instances are healthy/);
          assert.match(run.errors.join("\n"), /Deploy twice: first with blueGreen\.fillIdle: true/);
          if (mode === "up") assert.equal(weightsOf(run), undefined);
        },
      );
    }

    for (const [from, to, weights] of [
      ["off", "filled", [100, 0]],
      ["filled", "canary", [90, 10]],
    ] as const) {
      itWith(["pulumi"], `lets a release go on from ${from} to ${to}`, async () => {
        const run = await deploy(from, to);
        assert.equal(run.verdict, "clean", run.errors.join("\n"));
        assert.deepEqual(weightsOf(run), weights);
      });
    }
  });
}
