import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  fixture,
  type Graph,
  type JsonRun,
  pack,
  programOf,
  rehearseJson,
  rehearseWarm,
} from "../support/rehearse";

/** test/true-engine checks that these are the engine's rules. */
describe("the engine's rules:", () => {
  let run: JsonRun;
  let preview: Graph;
  let up: Graph;
  before(async () => {
    const args = ["dev", "--program", fixture("engine-rules"), "--policy-pack", pack("allows")];
    run = await rehearseJson([...args, "--mode", "both"]);
    preview = run.graph("preview");
    up = run.graph("up");
  });

  it("an error that the program only logs leaves the plan and its exit status unchanged", async () => {
    assert.equal(run.status, 0, run.stderr);
    const args = ["dev", "--program", programOf('require("@pulumi/pulumi").log.error("out of milk");')];
    const { status, stdout } = await rehearseWarm([...args, "--policy-pack", pack("allows")]);
    assert.equal(status, 0);
    assert.match(stdout, /error: out of milk[^]+Verdict on dev: allowed/);
  });

  const after = { "after-the-queue": "queue", "after-the-shelf": "shelf-item" };
  for (const [topic, queue] of Object.entries(after)) {
    it(`a function that depends on a resource yet to be created is unknown, and so is what uses its result (${topic})`, () => {
      const { inputs, dependencies, propertyDependencies } = preview.one("aws:sns/topic:Topic", topic);
      const { urn } = preview.one("aws:sqs/queue:Queue", queue);
      assert.deepEqual(inputs["displayName"], { unknown: true });
      assert.deepEqual(dependencies, [urn]);
      assert.deepEqual(propertyDependencies["displayName"], [urn]);
    });
  }

  it("a function that depends on an existing resource is answered", () => {
    assert.equal(up.one("aws:sns/topic:Topic", "after-the-queue").inputs["displayName"], "123456789012");
    assert.equal(up.one("aws:sns/topic:Topic", "after-the-shelf").inputs["displayName"], "eu-west-1");
  });

  it("an explicit provider does not use the stack's region, and a warning says so", async () => {
    assert.equal(preview.one("aws:sqs/queue:Queue", "of-own").inputs["region"], "us-east-1");
    assert.equal(preview.one("aws:sqs/queue:Queue", "queue").inputs["region"], "eu-west-1");
    const program = programOf('new aws.Provider("own", {});');
    const { stdout } = await rehearseWarm(["dev", "--program", program, "--policy-pack", pack("allows")]);
    assert.match(stdout, /warning: pulumi:providers:aws \(own\): provider 'own' has no region/);
  });

  it("a secret tag is in plain text in the provider's copy", () => {
    for (const graph of [preview, up]) {
      const { inputs } = graph.one("aws:sqs/queue:Queue", "tagged");
      assert.deepEqual([inputs["tags"], inputs["tagsAll"]], [{ owner: "[secret]" }, { owner: "s3cr3t" }]);
    }
  });

  it("assets and archives among outputs have the hashes of their contents", () => {
    const hash = createHash("sha256").update("shelf").digest("hex");
    const { outputs } = up.one("engine-rules:index:Shelf");
    assert.deepEqual(outputs["label"], { text: "shelf", hash });
    assert.match(String((outputs["files"] as { hash?: string }).hash), /^[0-9a-f]{64}$/);
    assert.deepEqual(up.stack.outputs["asset"], { text: "shelf", hash });
  });

  const faults: Record<string, { source: string; says: RegExp }> = {
    "a time-out that is none": {
      source: 'new aws.s3.Bucket("b", {}, { customTimeouts: { create: "10 minutes" } });',
      says: /^ {4}error: aws:s3\/bucket:Bucket resource 'b' has a problem: customTimeouts\.create is "10 minutes"; a timeout is a number with its unit, such as 30s, 5m or 1h30m$/,
    },
    "a resource that is there": {
      source: 'new aws.s3.Bucket("b"); new aws.s3.Bucket("b"); new aws.s3.Bucket("c");',
      says: /^ {4}error: aws:s3\/bucket:Bucket \(b\): Duplicate resource URN '[^']+'; try giving it a unique name$/,
    },
  };
  for (const [fault, { source, says }] of Object.entries(faults)) {
    it(`${fault} is reported in one line, without how the program was ended`, async () => {
      const args = ["dev", "--program", programOf(source), "--policy-pack", pack("allows")];
      const { status, stdout } = await rehearseWarm(args);
      assert.equal(status, 3);
      const [told = ""] = /(?<=Diagnostics:\n)[^]*?(?=\n\n)/.exec(stdout) ?? [];
      assert.match(told, says);
    });
  }

  it("a provider's refusal fails a preview, which reports every one, and stops an update", async () => {
    const refused = (name: string): string => `new aws.sqs.Queue("${name}", { name: "a", namePrefix: "a" });`;
    const args = ["dev", "--program", programOf(refused("one") + refused("other")), "--policy-pack"];
    const told = async (mode: string) => {
      const { status, stdout } = await rehearseWarm([...args, pack("allows"), "--mode", mode]);
      assert.equal(status, 3, stdout);
      return [...stdout.matchAll(/error: aws:sqs\/queue:Queue resource '(.+)': .* conflicts with/g)];
    };
    assert.deepEqual(
      (await told("preview")).map(([, name]) => name),
      ["one", "other"],
    );
    assert.deepEqual(
      (await told("up")).map(([, name]) => name),
      ["one"],
    );
  });

  it("a replaced resource gets another name and ID, and an updated or unchanged one keeps them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "replacement-"));
    try {
      const state = join(folder, "state.json");
      const outputsOf = async (queues: string, ...more: readonly string[]) => {
        const source = `const queue = (name, args) => new aws.sqs.Queue(name, args); ${queues}
          for (const [at, { id, name }] of Object.entries({ same, updated, replaced })) exports[at] = [id, name];`;
        const run = await rehearseJson([
          "dev",
          "--program",
          programOf(source),
          "--policy-pack",
          pack("allows"),
          "--mode",
          "up",
          ...more,
        ]);
        assert.equal(run.status, 0, run.stderr);
        return run.graph("up").stack.outputs;
      };
      const before = await outputsOf(
        `const [same, updated, replaced] = ["same", "updated", "replaced"].map((name) => queue(name, {}));`,
        "--export",
        state,
      );
      const after = await outputsOf(
        `const same = queue("same", {}); const updated = queue("updated", { delaySeconds: 1 });
         const replaced = queue("replaced", { fifoQueue: true });`,
        "--against",
        state,
      );
      assert.deepEqual([after["same"], after["updated"]], [before["same"], before["updated"]]);
      const partsOf = (ids: unknown): string[] => String(ids).match(/(?<=replaced-)[0-9a-f]{7}/g) ?? [];
      const [old, another] = [partsOf(before["replaced"]), partsOf(after["replaced"])];
      assert.deepEqual([old.length, another.length, new Set([...old, ...another]).size], [2, 2, 2]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
