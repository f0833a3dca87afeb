import assert from "node:assert/strict";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { adopted, type AdoptionPlan } from "../support/adopt";
import { operationsOf, parseEvents } from "../support/engine-output";
import { itWith } from "../support/programs";
import { ROOT } from "../support/rehearse";
import { shop } from "../support/shop";
import { type Pulumi, withTrueEngine } from "../support/true-engine";

/** The deployed program, and the program that takes it over. */
interface Takeover {
  /** Folder of the program that is deployed as the stack `old`. */
  readonly former: string;
  /** Folder of the program that takes it over. */
  readonly program: string;
  readonly stack: string;
}

/** Runs the CLI, and fails the test if it fails. */
async function must(pulumi: Pulumi, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await pulumi(...args);
  assert.equal(exitCode, 0, `pulumi ${args.join(" ")}\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * Deploys the former program, adopts its state, imports it into a new stack, and previews the program there.
 *
 * @returns the adoption plan; the test fails if the engine does anything else
 */
function takeOver({ former, program, stack }: Takeover): Promise<AdoptionPlan> {
  return withTrueEngine({ program }, async (pulumi, folder) => {
    /** Creates a stack, and returns the options that name it. */
    const stackOf = async (name: string, cwd: string): Promise<string[]> => {
      const [own, file] = [join(folder, name), join(folder, `Pulumi.${name}.yaml`)];
      await mkdir(own);
      await copyFile(join(cwd, "Pulumi.yaml"), join(own, "Pulumi.yaml"));
      await copyFile(join(cwd, `Pulumi.${stack}.yaml`), file);
      await must(pulumi, "stack", "init", name, "--no-select", "--cwd", own);
      return ["--stack", name, "--config-file", file, "--cwd", cwd];
    };
    const old = await stackOf("old", former);
    await must(pulumi, "up", "--yes", "--skip-preview", "--skip-plugin-pre-install", ...old);
    const [state, out, events] = ["state", "import", "events"].map((name) => join(folder, `${name}.json`));
    assert.ok(state !== undefined && out !== undefined && events !== undefined);
    await must(
      pulumi,
      "stack",
      "export",
      "--show-secrets",
      "--file",
      state,
      ...old.slice(0, 2),
      "--cwd",
      former,
    );

    const said = await adopted([stack, "--program", program, "--from", state, "--out", out]);
    assert.equal(said.status, 0, said.stderr + said.stdout);

    const own = await stackOf(stack, program);
    const quietly = ["--yes", "--skip-preview", "--generate-code=false", "--protect=false"];
    await must(pulumi, "import", "--file", out, ...quietly, ...own);
    await must(pulumi, "preview", "--skip-plugin-pre-install", "--event-log", events, ...own);
    const done = operationsOf(parseEvents(await readFile(events, "utf8")));
    const by = (op: string): string[] =>
      done
        .flatMap(({ op: its, urn }) => (its === op && !urn.includes("pulumi:providers:") ? [urn] : []))
        .sort();
    const { plan } = said;
    assert.deepEqual(by("create").filter(isCustom), [...plan.create].sort());
    assert.deepEqual(by("update"), plan.update.map(({ urn }) => urn).sort());
    assert.deepEqual(by("replace"), plan.replace.map(({ urn }) => urn).sort());
    assert.deepEqual(["delete", "import", "refresh"].flatMap(by), []);
    return plan;
  });
}

/** AWS has no components. */
const isCustom = (urn: string): boolean => /[$:]aws:[^:]+:\w+::/.test(urn);

describe("On the true engine, the preview after an import matches adopt's report", () => {
  itWith(["pulumi"], "of a program with other names, one of them given", async () => {
    const former = shop({ prefix: "old", idleTimeout: 120, more: `new aws.sqs.Queue(name("left"));` });
    const program = shop({ prefix: "new", givesName: true, more: `new aws.sns.Topic(name("added"));` });
    const { create, update, replace, orphans } = await takeOver({ former, program, stack: "dev" });
    // The balancer, and the resources that refer to the target group, which is replaced because of its name.
    assert.deepEqual([create.length, update.length, replace.length, orphans.length], [1, 4, 1, 1]);
  }).timeout(600_000);

  itWith(
    ["pulumi"],
    "of the store, with a component of another package and a provider of its own",
    async () => {
      const { create, replace, orphans } = await takeOver({ former: ROOT, program: ROOT, stack: "prod" });
      assert.deepEqual([create.length, orphans.length], [0, 0]);
      assert.notEqual(replace.length, 0);
    },
  ).timeout(400_000);
});
