import assert from "node:assert/strict";

import { deploy as runDeploy } from "../../tools/deploy/deploy";
import { AutoScaling } from "../support/auto-scaling";
import { type Answer, FakeCli } from "../support/fake-cli";

/** Deploys prod, a stack without groups, with a `pulumi` whose answers are looked up by its first arguments. */
async function deploy(answers: Readonly<Record<string, Answer>>, args: readonly string[] = []) {
  const cli = await FakeCli.start(["pulumi", "aws"], (_, given) => {
    const [first = "", second] = given;
    const otherwise = given.includes("export") ? { stdout: new AutoScaling([]).state } : { status: 0 };
    return answers[first] ?? answers[`${first} ${second}`] ?? otherwise;
  });
  const run = await cli.runHere(runDeploy, ["prod", ...args]);
  await cli.stop();
  const calls = cli.calls.filter((call) => call.startsWith("pulumi") && !call.includes("export"));
  return { ...run, commands: calls.map((call) => call.split(" ").slice(1, 2).join(" ")), calls };
}

const outputs = (deployFreezes: unknown): Answer => ({ stdout: JSON.stringify({ deployFreezes }) });
const OPEN = { "stack output": outputs([]) };
const always = {
  name: "holidays",
  timeZone: "Etc/UTC",
  from: "2020-01-01T00:00:00Z",
  to: "2999-01-01T00:00:00Z",
};

describe("A deployment", () => {
  it("asks the gate, previews with the policies, and deploys the preview's plan", async () => {
    const { status, stdout, calls, commands } = await deploy(OPEN);
    assert.equal(status, 0);
    assert.equal(stdout, "prod is deployed.\n");
    assert.deepEqual(commands, ["stack", "preview", "up"]);
    const [, preview = "", up = ""] = calls;
    assert.match(preview, /--policy-pack policies --save-plan (\S+)$/);
    assert.match(up, /--policy-pack policies --yes --plan \S+$/);
    assert.equal(up.split(" ").at(-1), preview.split(" ").at(-1));
  });

  it("uses a reviewed plan, and doesn't make its own", async () => {
    const { status, commands, calls } = await deploy(OPEN, ["--plan", "package.json"]);
    assert.equal(status, 0);
    assert.deepEqual(commands, ["stack", "up"]);
    assert.match(calls[1] ?? "", /--plan package\.json$/);
  });

  it("does not start during a freeze without a given reason", async () => {
    const frozen = { "stack output": outputs([always]) };
    const { status, stderr, commands } = await deploy(frozen);
    assert.equal(status, 2);
    assert.match(stderr, /frozen by holidays until 2999-01-01T00:00:00Z\.\n {2}remedy: /);
    assert.deepEqual(commands, ["stack"]);
    const urgent = await deploy(frozen, ["--during-freeze", "the shop is down"]);
    assert.equal(urgent.status, 0);
    assert.match(urgent.stderr, /Deploying anyway: the shop is down/);
  });

  it("does not start if an earlier one was killed while it created a resource, which would be duplicated", async () => {
    const pending = ["creating", "updating"].map((type) => ({
      type,
      resource: {
        urn: `urn:pulumi:prod::web-store::web-store:components:Network$aws:ec2/vpc:Vpc::${type}-vpc`,
      },
    }));
    const stdout = JSON.stringify({ version: 3, deployment: { resources: [], pending_operations: pending } });
    const { status, stderr, commands } = await deploy({ ...OPEN, "stack export": { stdout } });
    assert.equal(status, 2);
    assert.match(
      stderr,
      /creating aws:ec2\/vpc:Vpc creating-vpc: they may exist in AWS.*\n {2}remedy: pulumi refresh --stack prod/,
    );
    assert.deepEqual(commands, ["stack"]);
  });

  it("does not start if the freezes cannot be read", async () => {
    const { status, commands } = await deploy({ "stack output": outputs([{ ...always, timeZone: "CET" }]) });
    assert.equal(status, 2);
    assert.deepEqual(commands, ["stack"]);
  });

  it("ends at a preview that the policies refuse, and deploys nothing", async () => {
    const { status, commands } = await deploy({
      ...OPEN,
      preview: { status: 1, stderr: "error: preview failed" },
    });
    assert.equal(status, 1);
    assert.deepEqual(commands, ["stack", "preview"]);
  });

  it("names the policies that refuse, with resource, reason and remedy", async () => {
    const stdout = [
      "Previewing update (prod):",
      "Policies:",
      "    ❌ web-store@v1.4.0 (local: policies)",
      "        - [advisory]  several-instance-types  (aws:autoscaling/group:Group: web-store-fleet)",
      "          One type is one pool.",
      "        - [mandatory] [severity: high]  https-listeners  (aws:lb:Listener: web-store-http)",
      "          Listeners encrypt or redirect.",
      '          protocol is "HTTP"; it must be HTTPS. Fix: { protocol: "HTTPS" }',
      "",
      "        - \u001b[31m[mandatory]  public-buckets\u001b[0m  (aws:s3/bucket:Bucket: web-store-logs)",
      '          acl is "public-read"',
      "Diagnostics:",
      "  pulumi:pulumi:Stack (web-store-prod):",
      "    error: preview failed",
    ].join("\n");
    const preview = { status: 255, stdout };
    const { status, stderr } = await deploy({ ...OPEN, preview });
    assert.equal(status, 1);
    const [, said = ""] = stderr.split("preview failed\n");
    assert.doesNotMatch(stderr, /it ended with|several-instance-types refuses/);
    assert.match(stderr, /the preview of prod failed: 2 mandatory policies refuse what it would deploy\./);
    assert.match(
      stderr,
      /https-listeners refuses aws:lb:Listener: web-store-http:\n {4}Listeners encrypt or redirect\.\n {4}protocol is "HTTP".* Fix: /,
    );
    assert.match(
      stderr,
      /public-buckets refuses aws:s3\/bucket:Bucket: web-store-logs:\n {4}acl is "public-read"\n {2}remedy: /,
    );
    assert.doesNotMatch(said, /Diagnostics/);
  });

  it("says that a new plan is needed if a plan no longer fits", async () => {
    const stderr =
      "error: resource urn:pulumi:prod::web-store::aws:lb/listener:Listener::https violates plan: properties changed";
    const run = await deploy({ ...OPEN, up: { status: 255, stderr } }, ["--plan", "package.json"]);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /the plan that was reviewed no longer matches[^]*remedy: create a new plan/);
  });

  it("reports all errors of its command line at once", async () => {
    const { status, stderr, calls } = await deploy({}, [
      "dev",
      "--plan",
      "none.json",
      "--during-freeze",
      " ",
    ]);
    assert.equal(status, 2);
    for (const part of ["name exactly one stack (2 are named)", "no plan none.json", "needs a reason"])
      assert.ok(stderr.includes(part), stderr);
    assert.deepEqual(calls, []);
  });
});
