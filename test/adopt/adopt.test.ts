import assert from "node:assert/strict";
import fc from "fast-check";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { adopted, adoptHere } from "../support/adopt";
import { ROOT, stateOf } from "../support/rehearse";
import { type Export, renamed, type Renaming } from "../support/renamed-state";
import { shop } from "../support/shop";

const CORPUS = ["--program", join(ROOT, "corpus"), "--config-file", join(ROOT, "corpus", "stack.yaml")];

/** Load balancers such as other teams have. */
const OTHERS = ["alb-behind-waf", "blue-green-with-two-fleets"];

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), "adopt-"))));
after(() => rmSync(folder, { recursive: true }));

/** Writes a state to a file. */
function written(state: unknown): string {
  const file = join(mkdtempSync(join(folder, "state-")), "state.json");
  writeFileSync(file, typeof state === "string" ? state : JSON.stringify(state));
  return file;
}

const exports = new Map<string, Promise<Export>>();

/** The export of a deployed stack. */
function exportOf(args: readonly string[]): Promise<Export> {
  const known = exports.get(args.join(" ")) ?? exported(args);
  exports.set(args.join(" "), known);
  return known;
}

async function exported(args: readonly string[]): Promise<Export> {
  const pack = ["--policy-pack", join(ROOT, "test/fixtures/packs/allows")];
  const resources = await stateOf([...args, ...pack, "--mode", "up"]);
  return { version: 3, deployment: { resources } };
}

/** Adopts a stack's own state under other names, and checks that each resource is matched with the original one. */
async function adoptRenamed(args: readonly string[], state: Export, renaming: Renaming) {
  const { state: other, urns } = renamed(state, renaming);
  const run = await adopted([...args, "--from", written(other)]);
  assert.equal(run.status, 0, run.stderr + run.stdout);
  const { plan } = run;
  assert.deepEqual(
    plan.adopted.map(({ urn, former }) => [urn, former]),
    plan.adopted.map(({ urn }) => [urn, urns.get(urn)]),
  );
  assert.deepEqual([plan.create, plan.orphans, plan.ambiguous], [[], [], []]);
  return plan;
}

describe("adopt", () => {
  const program = shop({});
  const own = ["dev", "--program", program];
  let state: Export;
  before(async () => (state = await exportOf(own)));

  it("adopts a program's state under any new names completely, without differences afterwards", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        const { update, replace } = await adoptRenamed(own, state, { seed });
        assert.deepEqual([update, replace], [[], []]);
      }),
      { numRuns: 5 },
    );
  });

  for (const stack of ["dev", "prod"]) {
    it(`adopts ${stack} of the store under other names, in another account and zone`, async () => {
      const { update, replace, lookedUp } = await adoptRenamed([stack], await exportOf([stack]), {
        seed: stack,
        account: "210987654321",
      });
      assert.deepEqual([update, replace], [[], []]);
      assert.deepEqual(lookedUp.map((one) => one.function).sort(), [
        "aws:index/getCallerIdentity:getCallerIdentity",
        "aws:route53/getZone:getZone",
      ]);
    });
  }

  it("finds resources with other names even if the program sets them, and says that they are replaced", async () => {
    const { update, replace } = await adoptRenamed(["dev"], await exportOf(["dev"]), {
      seed: "1",
      givenNames: true,
    });
    const names = /^(name|alarmName|bucket|dashboardName|scheduledActionName)$/;
    assert.notDeepEqual(replace, []);
    for (const { urn, properties } of replace)
      assert.ok(
        properties.some((one) => names.test(one)),
        urn,
      );
    assert.ok(update.length < 20);
  });

  for (const name of OTHERS) {
    it(`adopts another team's program: ${name}`, async () => {
      const args = [name, ...CORPUS];
      const { update, replace } = await adoptRenamed(args, await exportOf(args), { seed: name });
      assert.deepEqual([update, replace], [[], []]);
    });
  }

  it("reports what differs, what is new, and what is no longer in the program", async () => {
    const now = shop({
      prefix: "new",
      idleTimeout: 30,
      givesName: true,
      more: `new aws.sns.Topic(name("added"));`,
    });
    const then = shop({ prefix: "old", more: `new aws.sqs.Queue(name("left"));` });
    const from = written(await exportOf(["dev", "--program", then]));
    const { plan } = await adopted(["dev", "--program", now, "--from", from]);
    assert.deepEqual(plan.create.map(short), ["Topic::new-added"]);
    assert.deepEqual(
      plan.orphans.map(({ urn }) => short(urn)),
      ["Queue::old-left"],
    );
    assert.deepEqual(
      plan.replace.map(({ urn, properties }) => [short(urn), properties]),
      [["TargetGroup::new-targets", ["name"]]],
    );
    assert.deepEqual(plan.update.find(({ urn }) => urn.endsWith("::new-alb"))?.properties, ["idleTimeout"]);
    const { stdout, status } = await adoptHere(["dev", "--program", now, "--from", from]);
    assert.equal(status, 0);
    for (const line of [
      /^ {4}28 taken over: 23 unchanged, 4 to change, 1 to replace; 1 to create; 1 not in the program; 0 ambiguous$/m,
      /idleTimeout: 60 → 30$/m,
      /name: "old-targets-\w+" → "new-targets" {2}\(replaces it\)$/m,
      /^ {4}- {2}aws:sqs\/queue:Queue {2}old-left {2}https:/m,
      /^ {4}\+ {2}aws:sns\/topic:Topic {2}new-added$/m,
      /^Nothing is written\. Add --out FILE/m,
    ])
      assert.match(stdout, line);
  });

  it("does not choose between equal candidates, writes nothing, and accepts the user's choice", async () => {
    const twins = `["one", "two"].map((text) => new aws.sqs.Queue(name(text)));`;
    const [now, then] = [shop({ prefix: "new", more: twins }), shop({ prefix: "old", more: twins })];
    const from = written(await exportOf(["dev", "--program", then]));
    const out = join(folder, "twins.json");
    const args = ["dev", "--program", now, "--from", from, "--out", out];
    const { status, stdout } = await adoptHere(args);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /\? {2}aws:sqs\/queue:Queue {2}new-one: --match new-one=old-one \(https:.+\), or --match new-one=old-two/,
    );
    assert.match(stdout, /No import file is written until nothing is ambiguous/);
    assert.equal(existsSync(out), false);

    const told = await adopted([...args, "--match", "new-one=old-two", "--match", "new-two="]);
    assert.equal(told.status, 0, told.stderr);
    const pair = told.plan.adopted.find(({ urn }) => urn.endsWith("::new-one"));
    assert.match(pair?.former ?? "", /::old-two$/);
    assert.deepEqual(told.plan.create.map(short), ["Queue::new-two"]);
    assert.deepEqual(
      told.plan.orphans.map(({ urn }) => short(urn)),
      ["Queue::old-one"],
    );
  });

  it("writes a file for its owner only, and overwrites no file", async () => {
    const out = join(folder, "import.json");
    const args = [...own, "--from", written(state), "--out", out];
    const { status, stdout } = await adoptHere(args);
    assert.equal(status, 0);
    assert.match(stdout, /pulumi import --stack dev --file \S+ --generate-code=false --protect=false/);
    assert.equal(statSync(out).mode & 0o777, 0o600);
    const again = await adoptHere(args);
    assert.deepEqual([again.status, again.stdout], [2, ""]);
    assert.match(again.stderr, /exists: name another file, or overwrite it with --force/);
    assert.equal((await adoptHere([...args, "--force"])).status, 0);
  });

  it("records names that the program leaves to Pulumi, so that no provider generates others", async () => {
    const { resources } = state.deployment;
    const noted = resources.map(({ inputs = {}, ...one }) => ({
      ...one,
      inputs: "__defaults" in inputs ? { ...inputs, __defaults: [] } : inputs,
    }));
    const out = join(folder, "noted.json");
    const from = written({ version: 3, deployment: { resources: noted } });
    const { plan } = await adopted([...own, "--from", from, "--out", out]);
    assert.deepEqual([plan.update, plan.replace], [[], []]);
    const specs = specsOf(out);
    const balancer = specs.find(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
    assert.deepEqual(balancer?.inputs?.["__defaults"], ["name"]);
    assert.equal(balancer?.parent, "shop-web");
    assert.match(balancer?.id ?? "", /^arn:aws:elasticloadbalancing:/);
    assert.match(balancer?.version ?? "", /^7\./);
    const web = specs.find(({ name }) => name === "shop-web");
    assert.deepEqual(web, { type: "shop:Web", name: "shop-web", component: true });
    // Two resources have the same name, so the file needs names to distinguish them.
    const https = specs.filter(({ logicalName, name }) => (logicalName ?? name) === "shop-https");
    assert.equal(new Set(https.map(({ name }) => name)).size, 2);
  });

  it("declares the program's explicit providers, and gives each resource its own", async () => {
    const out = join(folder, "providers.json");
    await adoptHere(["prod", "--from", written(await exportOf(["prod"])), "--out", out]);
    const specs = specsOf(out);
    const [provider] = specs.filter(({ type }) => type === "pulumi:providers:aws");
    assert.ok(provider);
    assert.equal(provider.inputs?.["region"], "us-east-1");
    assert.ok(specs.some((spec) => spec.provider === provider.name));
    assert.ok(specs.every((spec) => spec.provider === undefined || spec.version === undefined));
  });
});

/** The last part of a URN, such as `Queue::left`. */
const short = (urn: string): string => urn.slice(urn.lastIndexOf(":", urn.lastIndexOf("::") - 1) + 1);

/** An entry of an import file. */
interface Spec {
  readonly type: string;
  readonly name: string;
  readonly logicalName?: string;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly version?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

function specsOf(file: string): readonly Spec[] {
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly resources: readonly Spec[] }).resources;
}
