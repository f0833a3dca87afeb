import assert from "node:assert/strict";
import type { JsonStack } from "../../packages/rehearse/report/json";
import {
  fixture,
  type JsonRun,
  pack,
  parsed,
  programOf,
  rehearse,
  rehearseJson,
  rehearseWarm,
  type Run,
} from "../support/rehearse";

/** The output of `--json`. */
interface Report {
  readonly stacks: readonly JsonStack[];
}

const twoStacks = ["--program", fixture("one-bucket"), "--policy-pack", pack("advises"), "--mode", "both"];
const refused = [
  "dev",
  "--program",
  fixture("bad-and-good-buckets"),
  "--policy-pack",
  pack("judges-buckets"),
];

describe("the JSON report", () => {
  let run: JsonRun;
  before(async () => void (run = await rehearseJson(twoStacks)));

  it("stands alone on stdout, with nothing on stderr", () => {
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stderr, "");
    assert.ok(run.stdout.startsWith("{") && run.stdout.endsWith("}\n"));
  });

  it("has one entry for each stack and mode, for every stack that has a file", () => {
    const { stacks } = parsed<Report>(run.stdout);
    assert.deepEqual(
      stacks.map(({ stack, mode }) => `${stack} ${mode}`),
      ["dev preview", "dev up", "prod preview", "prod up"],
    );
  });

  it("gives each stack its own configuration", () => {
    assert.equal(run.graph("up", "dev").one("pulumi:providers:aws").inputs["region"], "eu-central-1");
    assert.equal(run.graph("up", "prod").one("pulumi:providers:aws").inputs["region"], "us-east-1");
  });

  it("has exactly the documented fields", () => {
    const report = parsed<Report>(run.stdout);
    assert.deepEqual(Object.keys(report), ["stacks"]);
    for (const stack of report.stacks) {
      assert.deepEqual(Object.keys(stack), [
        "stack",
        "mode",
        "resources",
        "findings",
        "unjudged",
        "outputs",
        "cost",
      ]);
      for (const resource of stack.resources) {
        const fields = [
          "urn",
          "type",
          "name",
          "parent",
          "custom",
          "inputs",
          "outputs",
          "dependencies",
          "propertyDependencies",
        ];
        assert.deepEqual(Object.keys(resource), fields);
      }
      assert.equal(stack.findings.length, 1);
      const [finding] = stack.findings;
      assert.deepEqual(Object.keys(finding ?? {}).sort(), ["level", "message", "pack", "policy", "urn"]);
      assert.equal(finding?.level, "advisory");
    }
  });

  it("marks unknown values", () => {
    const versions = run.graph("preview", "dev").one("aws:s3/bucketVersioning:BucketVersioning");
    assert.deepEqual(versions.inputs["bucket"], { unknown: true });
  });

  it("is printed for a refused stack, too", async () => {
    const { status, stdout } = await rehearseJson(refused);
    assert.equal(status, 1);
    assert.equal(parsed<Report>(stdout).stacks[0]?.findings.length, 5);
  });

  it("is the same every time", async () => {
    const args = [
      "dev",
      "--program",
      fixture("nested-components"),
      "--policy-pack",
      pack("allows"),
      "--json",
    ];
    const [first, second] = [
      await rehearse([...args, "--mode", "both"]),
      await rehearseWarm([...args, "--mode", "both"]),
    ];
    assert.equal(first.status, 0, first.stderr);
    assert.equal(first.stdout, second.stdout);
  });
});

describe("the text report", () => {
  it("lists the findings by level and rule, mandatory ones first, and states once what concerns several resources", async () => {
    const { stdout } = await rehearseWarm(refused);
    const [findings] = /^ {8}\[[^]*?(?=\n\n)/m.exec(stdout) ?? [];
    assert.equal(
      findings,
      [
        "        [mandatory]  no-bad-names  (2 resources)",
        "          Names must be good.",
        "          aws:s3/bucket:Bucket: bad",
        "            bad is a bad name; choose a better one.",
        "          aws:s3/bucket:Bucket: worse-bad",
        "            worse-bad is a bad name; choose a better one.",
        "        [advisory]  counts-buckets  (pulumi:pulumi:Stack: bad-and-good-buckets-dev)",
        "          Counts.",
        "          3 buckets in all",
        "        [advisory]  prefers-owners  (2 resources)",
        "          Say whose it is.",
        "          aws:s3/bucket:Bucket: bad",
        "          aws:s3/bucket:Bucket: worse-bad",
        "          Add the tag owner.",
      ].join("\n"),
    );
  });

  let run: Run;
  before(async () => void (run = await rehearse(refused, { env: { FORCE_COLOR: "1" } })));

  it("begins and ends with the verdict, and the elapsed time", () => {
    const verdict = String.raw`refused by a mandatory policy \(2 mandatory, 3 advisory\)`;
    assert.match(run.stdout, new RegExp(`^Rehearsed dev \\(bad-and-good-buckets, preview\\): ${verdict}\n`));
    assert.match(run.stdout, new RegExp(`\n\nVerdict on dev: ${verdict} in \\d+\\.\\d s\n$`));
  });

  it("counts resources by type, and omits the engine's own", () => {
    assert.match(
      run.stdout,
      /\nResources: 4 to create\n {4}aws:s3\/bucket:Bucket +3 resources\n {4}pulumi:pulumi:Stack +bad-and-good-buckets-dev +1 resource {2}\(the stack itself\)\n\n/,
    );
    assert.doesNotMatch(run.stdout, /default_7_48_0|─/);
  });

  it("counts the resources in each component, including nested ones, the largest first", async () => {
    const args = ["dev", "--program", fixture("nested-components"), "--policy-pack", pack("allows")];
    const { stdout } = await rehearseWarm(args);
    assert.match(
      stdout,
      /\nResources: 19 to create\n {4}shop:index:Orders +here +7 resources\n {4}shop:index:Orders +there +7 resources\n {4}shop:messaging:Queue +also +3 resources\n {4}pulumi:providers:aws +ireland +1 resource\n {4}pulumi:pulumi:Stack +nested-components-dev +1 resource {2}\(the stack itself\)\n\n/,
    );
  });

  it("draws the tree with --tree, and counts below it", async () => {
    const { stdout } = await rehearseWarm([...refused, "--tree"]);
    assert.match(stdout, /\n \+ {2}pulumi:pulumi:Stack +bad-and-good-buckets-dev +create\n/);
    assert.match(stdout, /\n \+ {2}├─ aws:s3\/bucket:Bucket +good +create\n/);
    assert.match(stdout, /\n \+ {2}└─ aws:s3\/bucket:Bucket +worse-bad +create\n/);
    assert.match(stdout, /\nResources: 4 to create\n/);
    assert.doesNotMatch(stdout, /default_7_48_0|3 resources/);
  });

  it("shows what the program printed, separate from the report", async () => {
    const args = ["dev", "--program", fixture("plain-resources"), "--policy-pack", pack("allows")];
    const { stdout } = await rehearseWarm(args);
    assert.match(stdout, /printed by the program:\n {6}a line that the program prints\n/);
  });

  it("fits a stack on one screen: the rest is counted, and shown with --tree", async () => {
    const program = programOf(
      [
        ...Array.from({ length: 30 }, (_, at) => `new aws.s3.Bucket("bucket-${at}");`),
        `exports.list = Array.from({ length: 40 }, (_, at) => "item " + at);`,
        `exports.map = { first: "a".repeat(60), second: "b".repeat(60) };`,
        `exports.bucket = new aws.s3.Bucket("last").arn;`,
        ...Array.from({ length: 20 }, (_, at) => `exports["output-" + ${at}] = ${at};`),
      ].join("\n"),
    );
    const args = ["dev", "--program", program, "--policy-pack", pack("advises")];
    const { stdout } = await rehearseWarm(args);
    assert.ok(stdout.split("\n").length <= 40, stdout);
    assert.equal(stdout.match(/\n {10}aws:s3\/bucket:Bucket: /g)?.length, 5);
    assert.match(stdout, /\n {8}… and 26 more advisories \(--tree shows all\): no-buckets \(26\)\n/);
    assert.match(stdout, /\n {4}list +: \[40 items\]\n {4}map +: \{ first, second \}\n/);
    assert.match(stdout, /\n {4}… and 14 more \(--tree shows all\)\n {4}known after deployment: bucket\n/);
    const full = await rehearseWarm([...args, "--tree"]);
    assert.equal(full.stdout.match(/\n {10}aws:s3\/bucket:Bucket: /g)?.length, 31);
    assert.match(full.stdout, /"item 39"/);
    assert.match(full.stdout, /output-19/);
  });

  it("shows known outputs, each on a line, and names the others", async () => {
    const args = ["dev", "--program", fixture("plain-resources"), "--policy-pack", pack("allows")];
    const { stdout } = await rehearseWarm(args);
    assert.match(
      stdout,
      /\nOutputs:\n {4}ports: \[80,443\]\n {4}size : "t3\.micro"\n {4}known after deployment: address, vpcId\n/,
    );
  });
});
