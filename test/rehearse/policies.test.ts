import assert from "node:assert/strict";
import { join } from "node:path";
import { fixture, pack, rehearseJson } from "../support/rehearse";
import type { JsonRun } from "../support/rehearse";

function run(program: string, mode: string, packs: readonly string[], ...more: string[]): Promise<JsonRun> {
  const named = packs.flatMap((name) => ["--policy-pack", pack(name)]);
  return rehearseJson(["dev", "--program", fixture(program), "--mode", mode, ...named, ...more]);
}

/** `policy level name-of-the-resource` of every finding, sorted. */
function findings(of: JsonRun, mode: "preview" | "up"): string[] {
  return of
    .graph(mode)
    .stack.findings.map(({ policy, level, urn }) => `${policy} ${level} ${urn.split("::").at(-1)}`)
    .sort();
}

describe("policies", () => {
  describe("that are violated", () => {
    let both: JsonRun;
    before(async () => void (both = await run("bad-and-good-buckets", "both", ["judges-buckets"])));

    it("refuse a preview, which lists every finding of every resource and of the stack", () => {
      assert.equal(both.status, 1);
      assert.deepEqual(findings(both, "preview"), [
        "counts-buckets advisory bad-and-good-buckets-dev",
        "no-bad-names mandatory bad",
        "no-bad-names mandatory worse-bad",
        "prefers-owners advisory bad",
        "prefers-owners advisory worse-bad",
      ]);
    });

    it("show the whole plan, on stdout and as JSON", () => {
      const names = both
        .graph("preview")
        .ofType("aws:s3/bucket:Bucket")
        .map(({ name }) => name);
      assert.deepEqual(names, ["good", "bad", "worse-bad"]);
    });

    it("state pack, policy, level, resource and remedy", () => {
      const finding = both.graph("preview").stack.findings.find(({ urn }) => urn.endsWith("::bad"));
      assert.deepEqual(finding, {
        pack: "judges-buckets",
        policy: "no-bad-names",
        level: "mandatory",
        urn: "urn:pulumi:dev::bad-and-good-buckets::aws:s3/bucket:Bucket::bad",
        message: "Names must be good.\nbad is a bad name; choose a better one.",
      });
    });

    it("prevent an update after a refused preview", () => {
      assert.throws(() => both.graph("up"), /no up of any stack in dev preview/);
    });

    it("stop an update at the refused resource; its dependents are not created and the stack is not judged", async () => {
      const up = await run("bad-and-good-buckets", "up", ["judges-buckets"]);
      assert.equal(up.status, 1);
      const created = up
        .graph("up")
        .ofType("aws:s3/bucket:Bucket")
        .map(({ name }) => name);
      assert.deepEqual(created, ["good"]);
      assert.deepEqual(findings(up, "up"), ["no-bad-names mandatory bad", "prefers-owners advisory bad"]);
      assert.deepEqual(up.graph("up").stack.outputs, {});
    });
  });

  describe("of this project", () => {
    const refusals = (run: JsonRun, mode: "preview" | "up"): string[] =>
      findings(run, mode).filter((finding) => finding.includes(" mandatory "));

    it("refuse a plain HTTP listener that forwards, and the rule on it", async () => {
      const preview = await rehearseJson(["dev", "--program", fixture("plain-http")]);
      assert.equal(preview.status, 1);
      assert.deepEqual(refusals(preview, "preview"), [
        "tls-listeners mandatory http",
        "tls-listeners-stack mandatory rule",
      ]);
    });

    it("prevent it from being created", async () => {
      const up = await rehearseJson(["dev", "--program", fixture("plain-http"), "--mode", "up"]);
      assert.equal(up.status, 1);
      assert.deepEqual(refusals(up, "up"), ["tls-listeners mandatory http"]);
      assert.deepEqual(up.graph("up").ofType("aws:lb/listener:Listener"), []);
      assert.deepEqual(up.graph("up").ofType("aws:lb/listenerRule:ListenerRule"), []);
      assert.equal(up.graph("up").ofType("aws:lb/loadBalancer:LoadBalancer").length, 1);
    });
  });

  describe("that read an unknown value", () => {
    it("refuse if they are mandatory: what cannot be judged is not allowed", async () => {
      const both = await run("one-bucket", "both", ["reads-unknowns"]);
      assert.equal(both.status, 1);
      assert.deepEqual(findings(both, "preview"), ["must-read mandatory versions"]);
      const [finding] = both.graph("preview").stack.findings;
      assert.match(
        String(finding?.message),
        /can't run policy 'must-read'.*\.bucket can't be known during preview/,
      );
      assert.throws(() => both.graph("up"));
    });

    it("pass in an update, where the value is known", async () => {
      const up = await run("one-bucket", "up", ["reads-unknowns"]);
      assert.equal(up.status, 0);
      assert.deepEqual(findings(up, "up"), []);
    });

    it("stay advisory if they are advisory", async () => {
      const both = await run("one-bucket", "both", ["reads-unknowns-as-advice"]);
      assert.equal(both.status, 0);
      assert.deepEqual(findings(both, "preview"), ["may-read advisory versions"]);
      assert.deepEqual(findings(both, "up"), []);
    });
  });

  describe("of the whole stack", () => {
    it("blame the stack if they name no resource", async () => {
      const preview = await run("one-bucket", "preview", ["refuses-the-stack"]);
      assert.equal(preview.status, 1);
      assert.deepEqual(findings(preview, "preview"), [
        "needs-two-buckets mandatory one-bucket-dev",
        "needs-two-buckets mandatory one-bucket-dev",
        "needs-two-buckets mandatory versions",
      ]);
    });

    it("run in an update only after everything is created", async () => {
      const up = await run("one-bucket", "up", ["refuses-the-stack"]);
      assert.equal(up.status, 1);
      assert.equal(up.graph("up").ofType("aws:s3/bucketVersioning:BucketVersioning").length, 1);
      assert.equal(findings(up, "up").length, 3);
    });
  });

  it("change what is created if they remediate", async () => {
    const both = await run("bad-and-good-buckets", "both", ["remedies"]);
    assert.equal(both.status, 0, both.stderr);
    for (const mode of ["preview", "up"] as const) {
      const bad = both.graph(mode).one("aws:s3/bucket:Bucket", "bad");
      assert.deepEqual(bad.inputs["tags"], { owner: "added" });
      assert.deepEqual(bad.outputs["tags"], { owner: "added" });
      const good = both.graph(mode).one("aws:s3/bucket:Bucket", "good");
      assert.deepEqual(good.inputs["tags"], { owner: "shop" });
    }
  });

  it("are all evaluated, from several packs", async () => {
    const preview = await run("bad-and-good-buckets", "preview", ["advises", "judges-buckets", "allows"]);
    assert.equal(preview.status, 1);
    const packs = new Set(preview.graph("preview").stack.findings.map((finding) => finding.pack));
    assert.deepEqual([...packs].sort(), ["advises", "judges-buckets"]);
  });

  describe("with configuration", () => {
    it("have their defaults without a file", async () => {
      const preview = await run("one-bucket", "preview", ["configurable"]);
      assert.equal(preview.status, 0);
      assert.deepEqual(findings(preview, "preview"), []);
    });

    it("take level and properties from the file of their own pack", async () => {
      const configs = ["strict.json", "for-advises.json"].map((name) => join(pack("configurable"), name));
      const preview = await run(
        "one-bucket",
        "preview",
        ["configurable", "advises"],
        ...configs.flatMap((file) => ["--policy-pack-config", file]),
      );
      assert.equal(preview.status, 1);
      assert.deepEqual(findings(preview, "preview"), [
        "name-length advisory bucket",
        "no-buckets mandatory bucket",
      ]);
      const { message } = preview
        .graph("preview")
        .stack.findings.find(({ policy }) => policy === "name-length")!;
      assert.match(message, /longer than 3, and I am strict/);
    });
  });
});
