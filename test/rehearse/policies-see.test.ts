import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { withUnknown } from "../../packages/rehearse/diff/paths";
import type { JsonDocument, JsonStack } from "../../packages/rehearse/report/json";
import { UNKNOWN } from "../../packages/rehearse/values";
import { HIDING_ROWS, programOfHiding } from "../support/hiding-options";
import { pack, parsed, programOf, rehearseWarm, type Run } from "../support/rehearse";

describe("Resource options don't hide a plain HTTP listener from the policies:", () => {
  const folder = mkdtempSync(join(tmpdir(), "hiding-"));
  after(() => rmSync(folder, { recursive: true }));

  for (const mode of ["preview", "up"] as const) {
    for (const { name, before, after: edited, refuses } of HIDING_ROWS) {
      it(`${name}, in ${mode}`, async () => {
        const against: string[] = [];
        if (before !== undefined) {
          const state = join(folder, "state.json");
          const program = programOfHiding(before);
          const args = ["dev", "--program", program, "--policy-pack", pack("allows"), "--mode", "up"];
          assert.equal((await rehearseWarm([...args, "--export", state])).status, 0);
          against.push("--against", state);
        }
        const args = [
          "dev",
          "--program",
          programOfHiding(edited),
          "--policy-pack",
          "policies",
          "--mode",
          mode,
        ];
        const { status, stdout } = await rehearseWarm([...args, ...against]);
        assert.equal(status, refuses ? 1 : 0, stdout);
        if (refuses) assert.match(stdout, /\[mandatory\] {2}tls-listeners/);
      });
    }
  }
});

describe("What the policies see", () => {
  const folder = mkdtempSync(join(tmpdir(), "seen-"));
  after(() => rmSync(folder, { recursive: true }));
  const run = (source: string, ...args: string[]): Promise<Run> =>
    rehearseWarm(["dev", "--program", programOf(source), "--policy-pack", pack("tells-options"), ...args]);
  const stackOf = ({ stdout }: Run): JsonStack => parsed<JsonDocument>(stdout).stacks[0] as JsonStack;

  it("of a resource that is found by an alias is its former URN", async () => {
    const state = join(folder, "state.json");
    await run('new aws.sqs.Queue("old");', "--mode", "up", "--export", state);
    const renamed = 'new aws.sqs.Queue("new", {}, { aliases: [{ name: "z" }, { name: "old" }] });';
    const told = async (...args: string[]): Promise<string[]> =>
      stackOf(await run(renamed, "--json", ...args)).findings.flatMap(
        ({ message }) => /"aliases":(\[[^\]]*\])/.exec(message)?.slice(1) ?? [],
      );
    const found = '["urn:pulumi:dev::shop::aws:sqs/queue:Queue::old"]';
    // One from the rule on resources, one from the rule on the stack.
    assert.deepEqual(await told("--against", state), [found, found]);
    assert.deepEqual(await told(), ["[]", "[]"]);
  });

  it("of an imported resource is its id, and as unknown what it is where changes are ignored", async () => {
    const source =
      'const q = new aws.sqs.Queue("q", { delaySeconds: 1, tags: { a: "b", c: "d" } }, { import: "https://sqs/1", ignoreChanges: ["delaySeconds", "tags.a"] }); exports.delay = q.delaySeconds; exports.id = q.id;';
    for (const mode of ["preview", "up"] as const) {
      const { resources, outputs } = stackOf(await run(source, "--json", "--mode", mode));
      const queue = resources.find(({ name }) => name === "q");
      const unknown = { unknown: true };
      for (const values of [queue?.inputs, queue?.outputs]) {
        assert.deepEqual(values?.["delaySeconds"], unknown);
        assert.deepEqual(values["tags"], { a: unknown, c: "d" });
      }
      assert.equal(queue?.outputs["id"], "https://sqs/1");
      assert.equal(outputs["id"], "https://sqs/1");
      assert.deepEqual(outputs["delay"], mode === "preview" ? unknown : undefined);
    }
    const { stdout } = await run(source);
    assert.match(stdout, /warning: [^\n]*its delaySeconds, tags\.a in AWS can't be known here/);
  });
});

describe("Unknown values at paths", () => {
  const values = { port: 1, tags: { a: "b" }, list: [{ x: 1, y: 2 }, { x: 3 }] };
  for (const [path, expected] of [
    ["port", { ...values, port: UNKNOWN }],
    ["missing", { ...values, missing: UNKNOWN }],
    ["tags.z", { ...values, tags: { a: "b", z: UNKNOWN } }],
    ["port.x", { ...values, port: UNKNOWN }],
    ["tags.*", { ...values, tags: { a: UNKNOWN } }],
    ["list[0].x", { ...values, list: [{ x: UNKNOWN, y: 2 }, { x: 3 }] }],
    ["list[7].x", { ...values, list: UNKNOWN }],
    ["list[*]", { ...values, list: UNKNOWN }],
    ["list[*].x", { ...values, list: [{ x: UNKNOWN, y: 2 }, { x: UNKNOWN }] }],
    ["list.x", { ...values, list: UNKNOWN }],
    ["*", { port: UNKNOWN, tags: UNKNOWN, list: UNKNOWN }],
    [".broken", values],
  ] as const) {
    it(path, () => assert.deepEqual(withUnknown(values, [path]), expected));
  }
});
