import assert from "node:assert/strict";
import { join } from "node:path";
import { fixture, pack, rehearse, rehearseJson, type Run } from "../support/rehearse";

const allows = ["--policy-pack", pack("allows")];

function preview(program: string, ...more: string[]): Promise<Run> {
  return rehearse(["dev", "--program", fixture(program), ...(more.length > 0 ? more : allows)]);
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; milliseconds: number }> {
  const started = performance.now();
  return { result: await work(), milliseconds: performance.now() - started };
}

describe("the exit status", () => {
  it("is 0 if nothing was found", async () => {
    const { status, stdout, stderr } = await preview("one-bucket");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /allows@v1\.2\.3: nothing found/);
    assert.match(stdout, /Verdict on dev: allowed \(0 mandatory, 0 advisory\)/);
    assert.equal(stderr, "");
  });

  it("is 0 if the findings are advisory only", async () => {
    const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("advises"));
    assert.equal(status, 0);
    assert.match(stdout, /\[advisory\] {2}no-buckets {2}\(aws:s3\/bucket:Bucket: bucket\)/);
    assert.match(stdout, /Verdict on dev: allowed \(0 mandatory, 1 advisory\)/);
  });

  describe("is 3 if the program", () => {
    it("throws: its error first, as soon as a good program would end", async () => {
      const good = await timed(() => preview("one-bucket"));
      const bad = await timed(() => preview("program-throws"));
      const { status, stdout } = bad.result;
      assert.equal(status, 3);
      assert.match(stdout, /Diagnostics:\n {4}error: TypeError: the shop is closed\n/);
      assert.match(stdout, /Verdict on dev: failed/);
      // The SDK's coloured error printing takes up to 17 seconds; several times what a good run takes.
      const limit = 2 * good.milliseconds + 2000;
      assert.ok(bad.milliseconds < limit, `${bad.milliseconds} ms, and a good run ${good.milliseconds} ms`);
    });

    it("throws a RunError: its text without a stack", async () => {
      const { status, stdout } = await preview("run-error");
      assert.equal(status, 3);
      assert.match(stdout, /error: Two settings are wrong:\n {6}- minSize is 5\n {6}- maxSize is 3\n/);
      assert.doesNotMatch(stdout, /\n\s+at /);
    });

    it("requires configuration that nobody set", async () => {
      const { status, stdout } = await preview("missing-required-config");
      assert.equal(status, 3);
      assert.match(stdout, /error: Missing required configuration variable 'missing-required-config:domain'/);
      assert.doesNotMatch(stdout, /\n\s+at /);
    });

    it("names two resources alike", async () => {
      const { status, stdout } = await preview("duplicate-urn");
      assert.equal(status, 3);
      assert.ok(
        stdout.includes(
          "error: aws:s3/bucket:Bucket (same): Duplicate resource URN " +
            "'urn:pulumi:dev::duplicate-urn::aws:s3/bucket:Bucket::same'; try giving it a unique name",
        ),
        stdout,
      );
    });

    it("asks for what the cloud can't know, which --answers can give", async () => {
      const { status, stdout } = await preview("unanswered-invoke");
      assert.equal(status, 3);
      assert.match(stdout, /can't know the result of aws:ssm\/getParameter:getParameter/);
      assert.match(stdout, /\{"name":"\/shop\/motto"\}/);
      assert.match(stdout, /--answers/);
      const answered = await rehearseJson([
        ...["dev", "--program", fixture("unanswered-invoke"), ...allows],
        ...["--answers", join(fixture("unanswered-invoke"), "answers.json")],
      ]);
      assert.equal(answered.status, 0, answered.stderr);
      const graph = answered.graph("preview");
      assert.equal(graph.stack.outputs["motto"], "buy more");
      assert.deepEqual(graph.one("aws:s3/bucket:Bucket").inputs["tags"], { motto: "buy more" });
    });

    it("fails under --json, whose stdout is then empty", async () => {
      const { status, stdout, stderr } = await preview("run-error", ...allows, "--json");
      assert.equal(status, 3);
      assert.equal(stdout, "");
      assert.match(stderr, /error: Two settings are wrong:/);
    });
  });

  describe("is 3 if a pack", () => {
    it("throws on load: its error first, and the program's resources aren't created", async () => {
      const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("throws-on-load"));
      assert.equal(status, 3);
      const own = stdout.indexOf("Error: this pack can't be loaded");
      const ours = stdout.search(/policy pack .*throws-on-load ended with status \d+ before it had started/);
      assert.ok(own > 0 && ours > own, stdout);
      assert.doesNotMatch(stdout, /aws:s3\/bucket:Bucket/);
    });

    it("has a rule that throws, which is no finding", async () => {
      const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("throws-in-a-rule"));
      assert.equal(status, 3);
      assert.match(stdout, /error: .*throws-in-a-rule failed on aws:s3\/bucket:Bucket bucket/);
      assert.match(stdout, /Error: the rule stumbled/);
      assert.match(stdout, /Verdict on dev: failed \(0 mandatory, 0 advisory\)/);
    });

    it("has no policies", async () => {
      const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("has-no-policies"));
      assert.equal(status, 3);
      assert.match(stdout, /has-no-policies evaluated nothing: it has no policies/);
    });

    it("has all of its policies disabled", async () => {
      const config = join(pack("configurable"), "all-disabled.json");
      const packs = ["--policy-pack", pack("configurable"), "--policy-pack-config", config];
      const { status, stdout } = await preview("one-bucket", ...packs);
      assert.equal(status, 3);
      assert.match(stdout, /configurable evaluated nothing: all of its 2 policies are disabled/);
    });

    it("evaluates nothing beside one that does", async () => {
      const packs = ["--policy-pack", pack("allows"), "--policy-pack", pack("has-no-policies")];
      assert.equal((await preview("one-bucket", ...packs)).status, 3);
    });
  });
});
