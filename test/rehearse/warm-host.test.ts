import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fixture, pack, rehearse, rehearseHere, rehearseWarm, ROOT, type Run } from "../support/rehearse";

const PACK = ["--policy-pack", join(ROOT, "policies")];
const ATTACKS = ["--program", join(ROOT, "corpus"), ...PACK];

const attack = (name: string): string[] => [
  name,
  ...ATTACKS,
  "--config-file",
  join(ROOT, "corpus", "stack.yaml"),
];
const example = (name: string): string[] => [
  "--config-file",
  join(ROOT, "examples", `${name}.yaml`),
  "--mode",
  "up",
  ...PACK,
];

/** What most tests ask the warm host for, and what could make a difference to it. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  "two stacks, one after the other": ["dev", "prod", "--mode", "up"],
  "an example with a content delivery network": example("behind-cloudfront"),
  "a policy configuration": [
    ...example("haproxy"),
    "--policy-pack-config",
    join(ROOT, "policies", "profiles", "strict.json"),
  ],
  "an attack that is refused": attack("ssh-from-halves-of-the-world"),
  "a program that is called back by transforms": attack("transform-takes-tls-away"),
  "a sound program": attack("canary"),
};

describe("The warm host", () => {
  for (const [title, args] of Object.entries(CASES)) {
    it(`reports the same as separate processes: ${title}`, async () => {
      const [cold, warm] = [await rehearseHere([...args, "--json"]), await rehearseWarm([...args, "--json"])];
      assert.deepEqual(warm, cold);
      assert.notEqual(cold.stdout, "", cold.stderr);
    });
  }

  it("reports the same with a pack in this process as with one in its own", async () => {
    const program = ["dev", "--program", fixture("bad-and-good-buckets"), "--mode", "both", "--json"];
    const args = [...program, "--policy-pack", pack("judges-buckets")];
    const [cold, warm] = [await rehearseHere(args), await rehearse(args)];
    assert.deepEqual(warm, cold);
    assert.equal(cold.status, 1);
  });

  it("keeps nothing of a program for the next", async () => {
    const ask = (): Promise<Run> => rehearseWarm(["dev", "--json"]);
    const alone = await ask();
    await rehearseWarm([...attack("transform-takes-tls-away"), "--json"]);
    await rehearseWarm([...example("watched"), "--json"]);
    assert.deepEqual(await ask(), alone);
  });

  it("leaves it to a separate process to report how a program fails", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fails-"));
    try {
      const args = ["dev", "--config-file", join(folder, "Pulumi.dev.yaml")];
      const [cold, warm] = [await rehearseHere(args), await rehearseWarm(args)];
      assert.deepEqual(warm, cold);
      assert.notEqual(cold.status, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const args = attack("canary").with(0, "no-such-program");
    const untimed = ({ status, stdout, stderr }: Run): unknown => [
      status,
      stdout.replace(/in [\d.]+ s/, ""),
      stderr,
    ];
    const [cold, warm] = [await rehearseHere(args), await rehearseWarm(args)];
    assert.deepEqual(untimed(warm), untimed(cold));
    assert.match(cold.stdout, /There is no program no-such-program/);
  });
});
