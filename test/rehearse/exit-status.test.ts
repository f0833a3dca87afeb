import assert from "node:assert/strict";
import { join } from "node:path";
import type { JsonFailure } from "../../packages/rehearse/report/json";
import {
  fixture,
  pack,
  programOf,
  rehearse,
  rehearseJson,
  rehearseWarm,
  type Run,
} from "../support/rehearse";

const allows = ["--policy-pack", pack("allows")];

function preview(program: string, ...more: string[]): Promise<Run> {
  return rehearseWarm(["dev", "--program", fixture(program), ...(more.length > 0 ? more : allows)]);
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; milliseconds: number }> {
  const started = performance.now();
  return { result: await work(), milliseconds: performance.now() - started };
}

describe("the exit status", () => {
  it("is 0 without findings", async () => {
    const { status, stdout, stderr } = await preview("one-bucket");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /allows@v1\.2\.3: nothing found/);
    assert.match(stdout, /Verdict on dev: allowed \(0 mandatory, 0 advisory\)/);
    assert.equal(stderr, "");
  });

  it("is 0 if every finding is advisory", async () => {
    const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("advises"));
    assert.equal(status, 0);
    assert.match(stdout, /\[advisory\] {2}no-buckets {2}\(aws:s3\/bucket:Bucket: bucket\)/);
    assert.match(stdout, /Verdict on dev: allowed \(0 mandatory, 1 advisory\)/);
  });

  describe("is 3 if the program", () => {
    let bad: Awaited<ReturnType<typeof timed<Run>>>;
    const inProcess = (program: string) => () => rehearse(["dev", "--program", fixture(program), ...allows]);
    before(async () => void (bad = await timed(inProcess("program-throws"))));

    it("throws: prints its error first, as soon as a sound program would end", async () => {
      const good = await timed(inProcess("one-bucket"));
      const { status, stdout } = bad.result;
      assert.equal(status, 3);
      assert.match(stdout, /Diagnostics:\n {4}error: TypeError: the shop is closed\n/);
      assert.match(stdout, /Verdict on dev: failed/);
      // The SDK's coloured error printing can take 17 seconds, several times as long as a good run.
      const limit = 2 * good.milliseconds + 2000;
      assert.ok(bad.milliseconds < limit, `${bad.milliseconds} ms, and a good run ${good.milliseconds} ms`);
    });

    it("throws: prints the source's lines, and no stack frames but the program's own", () => {
      const { stdout } = bad.result;
      const [told = ""] = /(?<=Diagnostics:\n)[^]*?(?=\n\n)/.exec(stdout) ?? [];
      assert.match(
        told,
        /\n {8}at enter \(\S+program-throws\/index\.ts:9:22\)\n {8}at \S+ \(?\S+program-throws\/index\.ts:13:18\)?$/,
      );
      assert.doesNotMatch(told, /node:|node_modules|preload/);
    });

    /** Errors that Node.js prints with much other text, and the text that must remain. */
    const errors: Record<string, { source: string; left: RegExp }> = {
      "asks for a module that isn't there": {
        source: 'require("no-such-package");',
        left: /^ {4}error: Running program '[^']+' failed with an unhandled exception:\n {4}Error: Cannot find module 'no-such-package'\n {4}Require stack:\n {4}- \S+index\.js\n {8}at \S+ \(\S+index\.js:2:1\)$/,
      },
      "throws an error with a cause": {
        source:
          'throw Object.assign(new Error("out of milk"), { self: 0 }, { cause: new Error("no cows") });',
        left: /\n {4}Error: out of milk\n {8}at \S+ \(\S+index\.js:2:\d+\) \{\n {6}self: 0,\n {6}cause: Error: no cows\n {10}at \S+ \(\S+index\.js:2:\d+\)\n {4}\}$/,
      },
      "leaves a promise rejected": {
        source: "const wait = async () => { await null; throw new Error('late'); }; wait();",
        left: /\n {4}Error: late\n {8}at wait \(\S+index\.js:2:\d+\)$/,
      },
      "calls a function without an answer": {
        source: 'module.exports = async () => void (await aws.ssm.getParameter({ name: "/shop/motto" }));',
        left: /^ {4}error: The rehearsal can't know the result of aws:ssm\/getParameter:getParameter [^]+\n {4}\}$/,
      },
    };
    for (const [what, { source, left }] of Object.entries(errors)) {
      it(`${what}: prints its error as its author wrote it`, async () => {
        const { status, stdout } = await rehearse(["dev", "--program", programOf(source), ...allows]);
        assert.equal(status, 3);
        const [told = ""] = /(?<=Diagnostics:\n)[^]*?(?=\n\n)/.exec(stdout) ?? [];
        assert.match(told, left);
        assert.doesNotMatch(told, /node:|node_modules|preload|<ref|Circular/);
      });
    }

    /** Ways in which a program ends without an error, and the message for each. */
    const ends: Record<string, { source: string; says: RegExp }> = {
      "calls process.exit": {
        source: "process.exit(5);",
        says: /error: the program ended with status 5; see what it printed, and whether it calls process\.exit\n/,
      },
      "is killed": {
        source: 'process.kill(process.pid, "SIGKILL");',
        says: /error: the program was ended by SIGKILL, which the system sends when memory runs out; see/,
      },
      crashes: { source: "process.abort();", says: /error: the program was ended by SIGABRT; see/ },
    };
    for (const [what, { source, says }] of Object.entries(ends)) {
      it(`${what}: says so`, async () => {
        const { status, stdout } = await rehearse(["dev", "--program", programOf(source), ...allows], {});
        assert.equal(status, 3);
        assert.match(stdout, says);
      });
    }

    it("gives two resources the same name", async () => {
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

    it("calls a function that the rehearsal cannot answer, and --answers can", async () => {
      const { status, stdout } = await preview("unanswered-invoke");
      assert.equal(status, 3);
      assert.match(stdout, /can't know the result of aws:ssm\/getParameter:getParameter/);
      assert.match(stdout, /\{"name":"\/shop\/motto"\}/);
      assert.match(stdout, /--answers/);
      const answered = await rehearseJson([
        "dev",
        "--program",
        fixture("unanswered-invoke"),
        ...allows,
        "--answers",
        join(fixture("unanswered-invoke"), "answers.json"),
      ]);
      assert.equal(answered.status, 0, answered.stderr);
      const graph = answered.graph("preview");
      assert.equal(graph.stack.outputs["motto"], "buy more");
      assert.deepEqual(graph.one("aws:s3/bucket:Bucket").inputs["tags"], { motto: "buy more" });
    });
  });

  it("is 3 for functions without an answer, each listed once with a file to edit; 0 if the program handles the error", async () => {
    const ask = (how: typeof rehearse, uses: string): Promise<Run> =>
      how(["dev", "--program", programOf(uses), ...allows]);
    const { status, stdout } = await ask(
      rehearse,
      `const [a, b] = ["/a", "/b"].map((name) => aws.ssm.getParameterOutput({ name }));
      new aws.s3.Bucket("one", { tags: { a: a.value, b: b.value } });
      new aws.s3.Bucket("two", { tags: { a: a.value } });`,
    );
    assert.equal(status, 3);
    assert.equal(stdout.match(/error:/g)?.length, 1, stdout);
    assert.equal(stdout.match(/can't know the result/g)?.length, 2, stdout);
    const [file = ""] = /^ {4}\{\n.*?^ {4}\}$/ms.exec(stdout) ?? [];
    const { invokes } = JSON.parse(file) as { invokes: Record<string, { args: unknown }[]> };
    const names = invokes["aws:ssm/getParameter:getParameter"]?.map(({ args }) => args);
    assert.deepEqual(names, [{ name: "/a" }, { name: "/b" }]);
    const without = await ask(rehearseWarm, 'aws.ssm.getParameter({ name: "/a" }).catch(() => "none");');
    assert.equal(without.status, 0, without.stdout);
    assert.match(without.stdout, /warning: The rehearsal can't know/);
  });

  describe("is 2 if the program refuses its configuration", () => {
    it("by an error without a stack trace, before it declares anything", async () => {
      const { status, stdout } = await preview("run-error");
      assert.equal(status, 2);
      assert.match(stdout, /error: Two settings are wrong:\n {6}- minSize is 5\n {6}- maxSize is 3\n/);
      assert.doesNotMatch(stdout, /\n\s+at /);
    });

    it("because a required value is not set", async () => {
      const { status, stdout } = await preview("missing-required-config");
      assert.equal(status, 2);
      assert.match(stdout, /error: Missing required configuration variable 'missing-required-config:domain'/);
      assert.doesNotMatch(stdout, /\n\s+at /);
    });

    it("late, because a value is not a number", async () => {
      const source =
        'new aws.s3.Bucket("b"); new (require("@pulumi/pulumi").Config)("aws").requireNumber("region");';
      const { status, stdout } = await rehearseWarm(["dev", "--program", programOf(source), ...allows]);
      assert.equal(status, 2);
      assert.match(stdout, /error: Configuration 'aws:region' value 'eu-west-1' is not a valid number/);
    });

    it("but 3 if an error without a stack trace comes later", async () => {
      const source =
        'new aws.s3.Bucket("b").arn.apply(() => 0); setTimeout(() => { throw new (require("@pulumi/pulumi").RunError)("out of milk"); }, 300);';
      assert.equal((await rehearse(["dev", "--program", programOf(source), ...allows])).status, 3);
    });
  });

  /** Failures with their exit status and their message in the JSON. */
  const failures: Record<string, { args: readonly string[]; status: number; says: RegExp }> = {
    "bad usage": { args: ["--mode", "down"], status: 2, says: /^--mode is "down"; it must be preview/ },
    "a stack that isn't there": {
      args: ["nope", "--program", fixture("one-bucket")],
      status: 2,
      says: /^there is no stack "nope"/,
    },
    "a program that fails": {
      args: ["dev", "--program", fixture("program-throws"), ...allows],
      status: 3,
      says: /^dev \(preview\): TypeError: the shop is closed\n/,
    },
  };
  for (const [failure, { args, status: expected, says }] of Object.entries(failures)) {
    it(`for ${failure} prints the error as a JSON object under --json, alone on stdout`, async () => {
      const { status, stdout, stderr } = await rehearse([...args, "--json"]);
      assert.equal(status, expected);
      const { error, stacks = [] } = JSON.parse(stdout) as { error: string; stacks?: JsonFailure[] };
      assert.match(error, says);
      // After wrong usage, nothing was rehearsed.
      const own =
        expected === 3
          ? [{ stack: "dev", mode: "preview", error: error.slice("dev (preview): ".length) }]
          : [];
      assert.deepEqual(stacks, own);
      assert.notEqual(stderr, "");
    });
  }

  describe("is 3 if a pack", () => {
    it("throws on load: prints its error first, and creates none of the program's resources", async () => {
      const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("throws-on-load"));
      assert.equal(status, 3);
      assert.match(stdout, /Diagnostics:\n {4}error: Running program '/);
      const own = stdout.indexOf("Error: this pack can't be loaded");
      const ours = stdout.search(/policy pack .*throws-on-load ended with status \d+ before it had started/);
      assert.ok(own > 0 && ours > own, stdout);
      assert.doesNotMatch(stdout, /aws:s3\/bucket:Bucket/);
    });

    it("has a rule that throws, which is not a finding", async () => {
      const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("throws-in-a-rule"));
      assert.equal(status, 3);
      assert.match(stdout, /error: .*throws-in-a-rule failed on aws:s3\/bucket:Bucket bucket/);
      assert.match(stdout, /Error: the rule stumbled/);
      assert.match(stdout, /Verdict on dev: failed \(0 mandatory, 0 advisory\)/);
    });

    it("runs out of memory", async () => {
      const { status, stdout } = await preview("one-bucket", "--policy-pack", pack("runs-out-of-memory"));
      assert.equal(status, 3);
      const says =
        /runs-out-of-memory ran out of memory on the whole stack. Increase its limit, .*NODE_OPTIONS=/;
      assert.match(stdout, says);
      assert.match(stdout, /Verdict on dev: failed/);
      assert.doesNotMatch(stdout, /^\s+at /m);
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

    it("evaluates nothing, even beside one that does", async () => {
      const packs = ["--policy-pack", pack("allows"), "--policy-pack", pack("has-no-policies")];
      assert.equal((await preview("one-bucket", ...packs)).status, 3);
    });
  });
});
