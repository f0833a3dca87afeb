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

/** The typical uses of the warm host, and cases in which it could differ. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  "two stacks, one after the other, and a policy configuration": [
    ...example("behind-cloudfront"),
    ...example("haproxy").slice(0, 2),
    "--policy-pack-config",
    join(ROOT, "policies", "profiles", "strict.json"),
  ],
  "an attack that is refused": attack("ssh-from-halves-of-the-world"),
  "a program that is called back by transforms": attack("transform-takes-tls-away"),
};

/** Features of a program that the host must support, each with its fixture. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "is an asynchronous function": "async-main",
  "is in another folder than its project": "main-in-a-folder",
  "prints something": "plain-resources",
  "refuses its configuration": "run-error",
  "is refused by the engine": "duplicate-urn",
};

const untimed = ({ status, stdout, stderr }: Run): unknown => [
  status,
  stdout.replace(/in [\d.]+ s/, ""),
  stderr,
];

describe("The warm host", () => {
  for (const [title, args] of Object.entries(CASES)) {
    it(`reports the same as separate processes: ${title}`, async () => {
      const [cold, warm] = [await rehearseHere([...args, "--json"]), await rehearseWarm([...args, "--json"])];
      assert.deepEqual(warm, cold);
      assert.notEqual(cold.stdout, "", cold.stderr);
    });
  }

  for (const [title, name] of Object.entries(PROGRAMS)) {
    it(`reports the same as a separate process of a program that ${title}`, async () => {
      const args = ["dev", "--program", fixture(name), "--policy-pack", pack("allows"), "--tree"];
      assert.deepEqual(untimed(await rehearseWarm(args)), untimed(await rehearse(args)));
    });
  }

  it("reports the same with a pack in this process as with one in its own", async () => {
    const program = ["dev", "--program", fixture("bad-and-good-buckets"), "--mode", "both", "--json"];
    const args = [...program, "--policy-pack", pack("judges-buckets")];
    const [cold, warm] = [await rehearseHere(args), await rehearse(args)];
    assert.deepEqual(warm, cold);
    assert.deepEqual(await rehearseWarm(args), cold);
    assert.equal(cold.status, 1);
  });

  it("keeps nothing of a program for the next", async () => {
    const ask = (): Promise<Run> => rehearseWarm([...attack("canary"), "--json"]);
    const alone = await ask();
    await rehearseWarm([...attack("transform-takes-tls-away"), "--json"]);
    await rehearseWarm([...example("watched"), "--json"]);
    assert.deepEqual(await ask(), alone);
  });

  it("declares again what a program's modules declare when they are loaded", async () => {
    const ask = (): Promise<Run> => rehearseWarm([...attack("alb-with-redirect"), "--json"]);
    const first = await ask();
    assert.match(first.stdout, /aws:lb\/listener:Listener/);
    assert.deepEqual(await ask(), first);
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
    const [cold, warm] = [await rehearseHere(args), await rehearseWarm(args)];
    assert.deepEqual(untimed(warm), untimed(cold));
    assert.match(cold.stdout, /There is no program no-such-program/);
  });
});
