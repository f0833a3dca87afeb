import assert from "node:assert/strict";
import type { JsonStack } from "../../packages/rehearse/report/json";
import { Progress } from "../../packages/rehearse/report/progress";
import { styles, wantsColour } from "../../packages/rehearse/report/style";
import { fixture, type JsonRun, pack, parsed, rehearse, rehearseJson, type Run } from "../support/rehearse";

/** What `--json` prints. */
interface Report {
  readonly stacks: readonly JsonStack[];
}

const ESCAPE = "\u001b";
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

  it("has one entry for each stack and mode: every stack that has a file", () => {
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
      assert.deepEqual(Object.keys(stack), ["stack", "mode", "resources", "findings", "outputs"]);
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

  it("shows unknown values as such", () => {
    const versions = run.graph("preview", "dev").one("aws:s3/bucketVersioning:BucketVersioning");
    assert.deepEqual(versions.inputs["bucket"], { unknown: true });
  });

  it("is printed for a refused stack too", async () => {
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
      await rehearse([...args, "--mode", "both"]),
    ];
    assert.equal(first.status, 0, first.stderr);
    assert.equal(first.stdout, second.stdout);
  });
});

describe("the text report", () => {
  let run: Run;
  before(async () => void (run = await rehearse(refused, { env: { FORCE_COLOR: "1" } })));

  it("draws the tree with counts", () => {
    assert.match(run.stdout, /^Previewing dev \(bad-and-good-buckets\), rehearsed\n/);
    assert.match(run.stdout, /\n \+ {2}pulumi:pulumi:Stack +bad-and-good-buckets-dev +create\n/);
    assert.match(run.stdout, /\n \+ {2}├─ aws:s3\/bucket:Bucket +good +create\n/);
    assert.match(run.stdout, /\n \+ {2}└─ aws:s3\/bucket:Bucket +worse-bad +create\n/);
    assert.match(run.stdout, /\nResources:\n {4}\+ 4 to create\n/);
    assert.doesNotMatch(run.stdout, /default_7_48_0/);
  });

  it("lists the findings by level, the mandatory ones first, with their remedies", () => {
    const levels = [...run.stdout.matchAll(/\[(mandatory|advisory)\]/g)].map(([, level]) => level);
    assert.deepEqual(levels, ["mandatory", "mandatory", "advisory", "advisory", "advisory"]);
    assert.match(
      run.stdout,
      /✗ judges-buckets@v1\.2\.3\n {8}\[mandatory\] {2}no-bad-names {2}\(aws:s3\/bucket:Bucket: bad\)\n {10}Names must be good\.\n {10}bad is a bad name; choose a better one\./,
    );
  });

  it("ends with the verdict and the time it took", () => {
    assert.match(
      run.stdout,
      /Verdict: refused by a mandatory policy \(2 mandatory, 3 advisory\) in \d+\.\d s\n$/,
    );
  });

  it("has no escape codes and no progress line when piped", () => {
    assert.ok(!run.stdout.includes(ESCAPE));
    assert.equal(run.stderr, "");
  });

  it("shows what the program printed, apart from the report", async () => {
    const args = ["dev", "--program", fixture("plain-resources"), "--policy-pack", pack("allows")];
    const { stdout } = await rehearse(args);
    assert.match(stdout, /printed by the program:\n {6}a line that the program prints\n/);
    assert.match(stdout, /\nOutputs:\n {4}address: \[unknown\]\n {4}ports {2}: \[80,443\]\n/);
  });

  describe("on a terminal", () => {
    const { NO_COLOR, TERM } = process.env;
    const set = (name: string, value: string | undefined): void => {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    };
    beforeEach(() => {
      set("NO_COLOR", undefined);
      set("TERM", "xterm-256color");
    });
    after(() => {
      set("NO_COLOR", NO_COLOR);
      set("TERM", TERM);
    });

    it("is coloured", () => {
      assert.equal(wantsColour({ isTTY: true }), true);
      assert.equal(styles(true).bold("Resources:"), `${ESCAPE}[1mResources:${ESCAPE}[22m`);
      assert.equal(styles(false).bold("Resources:"), "Resources:");
    });

    it("is plain with NO_COLOR, or if the terminal is dumb", () => {
      set("NO_COLOR", "1");
      assert.equal(wantsColour({ isTTY: true }), false);
      set("NO_COLOR", undefined);
      set("TERM", "dumb");
      assert.equal(wantsColour({ isTTY: true }), false);
    });

    it("has a progress line of one row, which is wiped when the work is done", () => {
      const written: string[] = [];
      const terminal = { isTTY: true, columns: 20, write: (text: string) => written.push(text) };
      const progress = new Progress(terminal);
      progress.show("dev (preview): 12 resources  aws:s3/bucket:Bucket assets");
      progress.clear();
      assert.deepEqual(written, ["\rdev (preview): 12 r", `\r${" ".repeat(19)}\r`]);
      const piped = new Progress({ ...terminal, isTTY: false });
      piped.show("dev (preview)");
      assert.equal(written.length, 2);
    });
  });
});
