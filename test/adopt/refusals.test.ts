import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { adoptHere } from "../support/adopt";
import { programOf } from "../support/rehearse";
import { SECRET, SIGNATURE } from "../../packages/rehearse/values";

const TOPIC = "urn:pulumi:then::other::aws:sns/topic:Topic::news";
const ARN = "arn:aws:sns:eu-west-1:123456789012:news-1";

/** A topic in a state. */
const topic = {
  urn: TOPIC,
  custom: true,
  id: ARN,
  type: "aws:sns/topic:Topic",
  inputs: { __defaults: ["name"], name: "news-1", region: "eu-west-1" },
  outputs: { arn: ARN, name: "news-1", region: "eu-west-1" },
};

const stateOf = (...resources: readonly object[]): object => ({ version: 3, deployment: { resources } });
const sealed = { [SIGNATURE]: SECRET, ciphertext: "v1:c2VjcmV0" };

describe("adopt refuses, and states reason and remedy:", () => {
  const program = programOf(`new aws.sns.Topic("alerts", {}, { protect: true });`);
  const args = ["dev", "--program", program];
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "refusals-"))));
  after(() => rmSync(folder, { recursive: true }));

  /** Writes a state, and returns the option that names the file. */
  const from = (state: unknown): string[] => {
    const file = join(folder, "state.json");
    writeFileSync(file, typeof state === "string" ? state : JSON.stringify(state));
    return ["--from", file];
  };

  const states: Readonly<Record<string, { readonly state: unknown; readonly says: RegExp }>> = {
    "a text that isn't JSON, without showing any of it": {
      state: 'password: "hunter2"',
      says: /isn't JSON \(at .+\); it must be the export of a stack: write one with 'pulumi stack export/,
    },
    "a list": { state: [], says: /state\.json is a list; it must be the export of a Pulumi stack/ },
    "a state of Terraform": {
      state: { version: 4, terraform_version: "1.9.0", resources: [] },
      says: /is a Terraform state; .*'pulumi import --from terraform FILE'/,
    },
    "a checkpoint of a bucket": {
      state: { version: 3, checkpoint: { latest: {} } },
      says: /is a checkpoint, the file of a state bucket; .*'pulumi stack export/,
    },
    "an unknown version": {
      state: { version: 9, deployment: {} },
      says: /has version 9, but only 3 and 4 are supported/,
    },
    "no deployment": { state: { version: 3 }, says: /has no deployment, but empty; it must be/ },
    "a stack without resources": {
      state: stateOf(),
      says: /has no resources; .*export the stack that has some/,
    },
    "every resource that is none": {
      state: stateOf({ urn: 1 }, { urn: "urn" }, { ...topic, inputs: [] }),
      says: /resources\[0\]\.urn is the number 1;[^]+resources\[1\]\.urn is the string "urn";[^]+resources\[2\]\.inputs is a list; it must be a mapping/,
    },
    "resources whose fields are of another kind": {
      state: stateOf(
        { ...topic, dependencies: [null] },
        { ...topic, propertyDependencies: { name: TOPIC } },
        { ...topic, ignoreChanges: 1 },
      ),
      says: /\[0\]\.dependencies is a list; it must be a list of strings.+\[1\]\.name is the string ".+"; .+\[2\]\.ignoreChanges is the number 1;/,
    },
    "a secret that isn't JSON, without showing any of it": {
      state: stateOf({ ...topic, inputs: { displayName: { ...sealed, plaintext: "hunter2" } } }),
      says: /has a secret whose plaintext is not a valid value: it isn't JSON/,
    },
    "an abyss": {
      state: `{"version":3,"deployment":{"resources":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
      says: /is nested more than 500 levels deep; it must be the export of a stack/,
    },
    "a pending operation that is none": {
      state: { version: 3, deployment: { resources: [topic], pending_operations: [null] } },
      says: /has 1 pending operations \(something of a resource\)/,
    },
    "a deployment that was interrupted": {
      state: {
        version: 3,
        deployment: { resources: [topic], pending_operations: [{ type: "creating", resource: topic }] },
      },
      says: /has 1 pending operations \(creating news\): .*it must have none: run 'pulumi refresh'/,
    },
    "another Region": {
      state: JSON.parse(JSON.stringify(stateOf(topic)).replaceAll("eu-west-1", "us-east-1")),
      says: /its resources are in us-east-1, but aws:region is eu-west-1: name the stack of that Region/,
    },
    "secrets that are sealed, without them": {
      state: stateOf({ ...topic, inputs: { ...topic.inputs, displayName: sealed } }),
      says: /has encrypted secrets[^]+aws:sns\/topic:Topic {2}news: displayName[^]+export --show-secrets'/,
    },
  };
  for (const [fault, { state, says }] of Object.entries(states)) {
    it(fault, async () => {
      const { status, stdout, stderr } = await adoptHere([...args, ...from(state)]);
      assert.deepEqual([status, stdout], [2, ""], stderr);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /hunter2|c2VjcmV0|^ {4}at /m);
    });
  }

  it("an account other than the one in the stack's settings", async () => {
    const file = join(folder, "Pulumi.dev.yaml");
    writeFileSync(file, 'config:\n  aws:region: eu-west-1\n  aws:allowedAccountIds: ["111122223333"]\n');
    const { status, stderr } = await adoptHere([...args, "--config-file", file, ...from(stateOf(topic))]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /its resources are in account 123456789012, but .*allow 111122223333: name the stack/,
    );
  });

  const lines: Readonly<Record<string, { readonly args: readonly string[]; readonly says: RegExp }>> = {
    "no stack and no state, both at once": {
      args: [],
      says: /name exactly one stack \(0 are named\)[^]+--from is missing: name the file of 'pulumi stack export'/,
    },
    "an option that there isn't": {
      args: ["dev", "--form", "x"],
      says: /Unknown option '--form'.*Did you mean --from\?/,
    },
    "a malformed match, and a duplicate match": {
      args: ["dev", "--from", "x", "--match", "one", "--match", "a=b", "--match", "a=c"],
      says: /--match is "one"; it must be NEW=OLD[^]+--match a=… is given twice/,
    },
    "a file that can't be written": {
      args: ["dev", "--from", "x", "--out", "nowhere/import.json"],
      says: /--out \S+nowhere\/import\.json: the folder \S+ doesn't exist: create it, or name another/,
    },
    "force for nothing": {
      args: ["dev", "--from", "x", "--force"],
      says: /--force needs --out FILE: add it/,
    },
  };
  for (const [fault, { args: line, says }] of Object.entries(lines)) {
    it(fault, async () => {
      const { status, stderr } = await adoptHere(line);
      assert.equal(status, 2);
      assert.match(stderr, says);
    });
  }

  it("matches with unknown names, or with two types", async () => {
    const queue = {
      ...topic,
      urn: TOPIC.replace("sns/topic:Topic::news", "sqs/queue:Queue::jobs"),
      type: "aws:sqs/queue:Queue",
    };
    const state = from(stateOf(topic, queue));
    const unknown = await adoptHere([...args, ...state, "--match", "alert=news"]);
    assert.match(unknown.stderr, /the program has no resource "alert"; .*Did you mean alerts\?/);
    const other = await adoptHere([...args, ...state, "--match", "alerts=jobs"]);
    assert.match(
      other.stderr,
      /alerts is a aws:sns\/topic:Topic, but jobs is a aws:sqs\/queue:Queue: name two of the same type/,
    );
    assert.deepEqual([unknown.status, other.status], [2, 2]);
  });

  it("a program that fails, with the program's error", async () => {
    const broken = programOf(`throw new Error("out of milk");`);
    const { status, stderr } = await adoptHere(["dev", "--program", broken, ...from(stateOf(topic))]);
    assert.equal(status, 3);
    assert.match(stderr, /the program failed, so nothing is adopted:\n/);
  });

  it("resources that their stack only reads, has replaced, protects or has no ID for, each with its reason", async () => {
    const read = { ...topic, urn: TOPIC.replace("news", "read"), external: true };
    const nameless = { ...topic, urn: TOPIC.replace("news", "nameless"), id: undefined };
    const old = { ...topic, id: `${ARN}-old`, delete: true };
    const state = stateOf({ ...topic, protect: true }, read, old, nameless);
    const { status, stdout } = await adoptHere([...args, ...from(state)]);
    assert.equal(status, 0);
    assert.match(stdout, /^ {4}1 taken over: 1 unchanged/m);
    assert.match(stdout, /Topic {2}read {2}arn\S+: its stack only reads it, and doesn't manage it$/m);
    assert.match(
      stdout,
      /news-1-old: its stack has replaced it, but not deleted it yet: 'pulumi up' there does$/m,
    );
    assert.match(stdout, /Topic {2}nameless: the state has no id for it: run 'pulumi refresh' there/);
    assert.match(
      stdout,
      /news is protected in its stack: 'pulumi state delete' there removes it only with --force$/m,
    );
  });

  it("to match resources without common properties, with the option to match them", async () => {
    const other = { ...topic, inputs: { ...topic.inputs, displayName: "News" } };
    const { status, stdout } = await adoptHere([...args, ...from(stateOf(other))]);
    assert.equal(status, 0);
    assert.match(stdout, /0 taken over: .+; 1 to create; 1 not in the program/);
    assert.match(stdout, /news-1: matches nothing that is created; if it should, use --match NEW=OLD$/m);
  });

  it("to show a secret that it adopts", async () => {
    const open = { [SIGNATURE]: SECRET, plaintext: '"hunter2"' };
    const state = stateOf({ ...topic, inputs: { ...topic.inputs, displayName: open } });
    const { status, stdout } = await adoptHere([...args, ...from(state), "--match", "alerts=news"]);
    assert.equal(status, 0);
    assert.match(stdout, /displayName: "\[secret\]" → \(none\)/);
    assert.doesNotMatch(stdout, /hunter2/);
  });

  it("to judge a component whose children it does not know, and names it", async () => {
    const box = programOf(`
const pulumi = require("@pulumi/pulumi");
new (class extends pulumi.ComponentResource {
  constructor() { super("awsx:ecr:Repository", "images", {}, {}, true); }
})();
new aws.sns.Topic("alerts");`);
    const { status, stdout, stderr } = await adoptHere(["dev", "--program", box, ...from(stateOf(topic))]);
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /awsx:ecr:Repository {2}images: the rehearsal doesn't know which resources this component creates/,
    );
  });
});
