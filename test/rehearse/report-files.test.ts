import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonDocument } from "../../packages/rehearse/report/json";
import { fixture, pack, parsed, programOf, rehearse, rehearseWarm, type Run } from "../support/rehearse";

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { id: string }[] } };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { message: { text: string } }[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly suppressions?: readonly object[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
      }[];
    }[];
  }[];
}

describe("The rehearsal's reports for CI", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "reports-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const report = async (
    program: string,
    policyPack: string,
    how = rehearseWarm,
  ): Promise<Run & { sarif: Sarif; junit: string }> => {
    const [sarif, junit] = [join(folder, "findings.sarif"), join(folder, "report.xml")];
    const run = await how([
      "dev",
      "--program",
      fixture(program),
      "--policy-pack",
      policyPack,
      "--sarif",
      sarif,
      "--junit",
      junit,
    ]);
    return { ...run, sarif: parsed<Sarif>(readFileSync(sarif, "utf8")), junit: readFileSync(junit, "utf8") };
  };

  it("show a refusal in code scanning: the rule, the resource and the file", async () => {
    const { status, sarif } = await report("plain-http", "policies");
    assert.equal(status, 1);
    assert.equal(sarif.version, "2.1.0");
    const [run] = sarif.runs;
    assert.equal(run?.tool.driver.name, "web-store");
    const refusals = run?.results.filter(({ level }) => level === "error") ?? [];
    const listener = refusals.find(({ ruleId }) => ruleId === "tls-listeners");
    assert.match(listener?.message.text ?? "", /^dev \(preview\): .*defaultActions\[0\]\.type is "forward"/s);
    const [location] = listener?.locations ?? [];
    assert.equal(location?.physicalLocation.artifactLocation.uri, "test/fixtures/plain-http/Pulumi.yaml");
    assert.match(
      location?.logicalLocations[0]?.fullyQualifiedName ?? "",
      /^urn:pulumi:dev::plain-http::aws:lb\/listener:Listener::http$/,
    );
    const known = new Set(run?.tool.driver.rules.map(({ id }) => id));
    for (const { ruleId } of run?.results ?? []) assert.ok(known.has(ruleId), ruleId);
  });

  it("give each finding its own fingerprint, the same in every run", async () => {
    const fingerprints = async (): Promise<string[]> => {
      const { sarif } = await report("plain-http", "policies");
      return sarif.runs.flatMap(({ results }) =>
        results.map((one) => JSON.stringify(one.partialFingerprints)),
      );
    };
    const [once, again] = [await fingerprints(), await fingerprints()];
    assert.deepEqual(once, again);
    assert.equal(new Set(once).size, once.length);
  });

  it("fail the test case of the policy that refuses, and no other", async () => {
    const { junit } = await report("plain-http", "policies");
    const failing = [...junit.matchAll(/<testcase classname="web-store" name="([^"]+)">\s*<failure /g)];
    assert.ok(failing.some(([, name]) => name === "tls-listeners"));
    assert.match(junit, /<testcase classname="web-store" name="target-group-health"\/>/);
    assert.match(junit, /<testsuite name="dev \(preview\)" tests="\d+" failures="[1-9]\d*" errors="0"/);
    assert.doesNotMatch(junit.replace(/<\?xml[^>]*\?>|<\/?[a-z-]+(?: [a-z]+="[^"<>]*")*\/?>/g, ""), /[<>]/);
  });

  it("include advisory findings without failing", async () => {
    const { status, junit, sarif } = await report("one-bucket", pack("advises"));
    assert.equal(status, 0);
    assert.match(junit, /failures="0" errors="0"/);
    assert.match(junit, /<system-out>advisory: urn:pulumi:/);
    assert.deepEqual([...new Set(sarif.runs[0]?.results.map(({ level }) => level))], ["warning"]);
  });

  it("show exemptions, their last day and reason, in every format", async () => {
    const urn = "urn:pulumi:dev::plain-http::aws:lb/listener";
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const exempt = (resource: string | string[]): object => ({
      exemptions: [{ urn: resource, reason: "moves on Monday (Ada)", expires: until }],
    });
    const file = (name: string): string => join(folder, name);
    const config = {
      "tls-listeners": exempt(`${urn}:Listener::http`),
      "tls-listeners-stack": exempt([`${urn}Rule:ListenerRule::rule`]),
    };
    writeFileSync(file("config.json"), JSON.stringify(config));
    const args = [
      "dev",
      "--program",
      fixture("plain-http"),
      "--policy-pack",
      "policies",
      "--policy-pack-config",
      file("config.json"),
    ];
    const reports = [
      "--sarif",
      file("exempt.sarif"),
      "--junit",
      file("exempt.xml"),
      "--export",
      file("state.json"),
    ];
    const text = await rehearseWarm([...args, ...reports]);
    assert.equal(text.status, 0, text.stdout);
    assert.match(text.stdout, /allowed \(0 mandatory, \d+ advisory, 2 exempt\)/);
    assert.match(
      text.stdout,
      new RegExp(
        `\\[exempt until ${until}\\]  tls-listeners  [^]*Exempt until ${until}: moves on Monday \\(Ada\\)`,
      ),
    );
    const sarif = parsed<Sarif>(readFileSync(file("exempt.sarif"), "utf8"));
    const suppressed = sarif.runs[0]?.results.filter(({ suppressions }) => suppressions !== undefined) ?? [];
    assert.deepEqual(
      suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions]),
      ["tls-listeners", "tls-listeners-stack"].map((rule) => [
        rule,
        [{ kind: "external", status: "accepted", justification: `moves on Monday (Ada) (until ${until})` }],
      ]),
    );
    assert.match(
      readFileSync(file("exempt.xml"), "utf8"),
      new RegExp(`exempt until ${until}: ${urn}:Listener::http`),
    );
    await rehearseWarm([...args, "--against", file("state.json"), "--markdown", file("comment.md")]);
    const comment = readFileSync(file("comment.md"), "utf8");
    assert.match(
      comment,
      new RegExp(
        `\\*\\*Exempt\\*\\* from \`tls-listeners\` until ${until}: .*http.*, moves on Monday \\(Ada\\)`,
      ),
    );
    const json = await rehearseWarm([...args, "--json"]);
    const { stacks } = parsed<{ stacks: { findings: { exemption?: object }[] }[] }>(json.stdout);
    assert.deepEqual(
      stacks[0]?.findings.flatMap(({ exemption }) => exemption ?? []),
      [1, 2].map(() => ({ until, reason: "moves on Monday (Ada)" })),
    );
  });

  it("report a failed program, too", async () => {
    const { status, junit, sarif } = await report("program-throws", "policies", rehearse);
    assert.equal(status, 3);
    assert.match(junit, /errors="1"/);
    assert.match(junit, /<error message="/);
    const [invocation] = sarif.runs[0]?.invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    assert.equal(invocation?.toolExecutionNotifications.length, 1);
  });

  it("show a refusal in a pull request, with the advice folded, without a comparison", async () => {
    const file = join(folder, "comment.md");
    await rehearseWarm([
      "dev",
      "--program",
      fixture("plain-http"),
      "--policy-pack",
      "policies",
      "--markdown",
      file,
    ]);
    assert.match(
      readFileSync(file, "utf8"),
      /^<!-- rehearse: plan -->\n\n### Rehearsal\n\n#### dev: ❌ refused by a mandatory policy\n[^]*\n\| {2}\| mandatory `tls-listeners` \| aws:lb\/listener:Listener http \| [^]*<summary>Advice \(5\)<\/summary>\n\n\| policy/,
    );
  });

  it("are refused if their folder does not exist", async () => {
    const { status, stderr } = await rehearse(["dev", "--junit", join(folder, "nowhere", "report.xml")]);
    assert.equal(status, 2);
    assert.match(stderr, /--junit .*nowhere.report\.xml: the folder .*nowhere doesn't exist/);
  });

  it("are refused if their path is a folder, or their folder a file", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const { status, stderr } = await rehearse(["dev", "--junit", folder, "--sarif", join(file, "x.sarif")]);
    assert.equal(status, 2);
    assert.match(stderr, /--junit \S+: that is a folder; name a file$/m);
    assert.match(stderr, /--sarif \S+: \S+a-file is not a folder; name another file$/m);
  });

  it("end where the system refuses folders, of which Node's own way of making them doesn't", async function () {
    if (process.platform !== "linux") this.skip();
    const args = ["dev", "--program", fixture("one-bucket"), "--policy-pack", pack("allows")];
    const { status, stderr } = await rehearse([...args, "--report", "/proc/none/here"]);
    assert.notEqual(status, 0);
    assert.match(stderr, /--report \/proc\/none\/here/);
  });

  describe("of several stacks, one of which fails,", () => {
    const SOURCE = `const config = new (require("@pulumi/pulumi").Config)();
      new aws.s3.Bucket("bucket");
      if (config.getBoolean("breaks")) throw new TypeError("out of milk");`;
    let program: string;
    const args = (...more: string[]): string[] => [
      "fine",
      "broken",
      "last",
      "--program",
      program,
      "--policy-pack",
      pack("advises"),
      ...more,
    ];
    before(() => {
      program = programOf(SOURCE);
      for (const name of ["fine", "last"])
        writeFileSync(join(program, `Pulumi.${name}.yaml`), "config: {}\n");
      writeFileSync(join(program, "Pulumi.broken.yaml"), "config:\n  breaks: true\n");
    });

    it("have the results of the others in JSON, and its error", async () => {
      const { status, stdout } = await rehearse(args("--json"));
      assert.equal(status, 3);
      const { error, stacks } = parsed<JsonDocument>(stdout);
      assert.match(error ?? "", /^broken \(preview\): [^]*TypeError: out of milk\n/);
      assert.deepEqual(
        stacks.map((one) => [one.stack, "error" in one ? "failed" : one.findings.length]),
        [
          ["fine", 1],
          ["broken", "failed"],
          ["last", 1],
        ],
      );
      assert.ok(stacks.every((one) => "error" in one || "cost" in one));
    });

    it("have the results of the others in every file", async () => {
      const [sarif, junit, markdown, report] = ["s.sarif", "j.xml", "m.md", "report"].map((name) =>
        join(folder, name),
      ) as [string, string, string, string];
      const files = ["--sarif", sarif, "--junit", junit, "--markdown", markdown, "--report", report];
      const { status } = await rehearse(args(...files));
      assert.equal(status, 3);
      const read = (file: string): string => readFileSync(file, "utf8");
      const [run] = parsed<Sarif>(read(sarif)).runs;
      assert.deepEqual(
        run?.results.map(({ message }) => message.text.split(":", 1)[0]),
        ["fine (preview)", "broken (preview)", "last (preview)"],
      );
      assert.equal(run.invocations[0]?.executionSuccessful, false);
      assert.match(
        run.invocations[0].toolExecutionNotifications[0]?.message.text ?? "",
        /^broken \(preview\): [^]*TypeError: out of milk\n/,
      );
      for (const stack of ["fine", "last"])
        assert.match(
          read(junit),
          new RegExp(`<testsuite name="${stack} \\(preview\\)" tests="1" failures="0" errors="0"`),
        );
      assert.match(read(junit), /<testsuite name="broken \(preview\)" tests="2" failures="0" errors="1"/);
      for (const text of [read(markdown), read(join(report, "report.md"))])
        for (const word of [/fine[^]*allowed/i, /broken[^]*failed[^]*out of milk/i, /last[^]*allowed/i])
          assert.match(text, word);
    });

    it("have the changes of the others under --against", async () => {
      const repository = [
        "init -q",
        "add Pulumi.yaml Pulumi.fine.yaml Pulumi.broken.yaml package.json index.js",
        "-c user.name=a -c user.email=a@example.com commit -q -m one",
      ];
      writeFileSync(join(program, "Pulumi.broken.yaml"), "config: {}\n");
      for (const line of repository) execFileSync("git", ["-C", program, ...line.split(" ")]);
      writeFileSync(join(program, "Pulumi.broken.yaml"), "config:\n  breaks: true\n");
      const { status, stdout } = await rehearse(args("--against", "HEAD", "--json"));
      assert.equal(status, 3);
      const { stacks } = parsed<JsonDocument>(stdout);
      const created = (one: JsonDocument["stacks"][number]): number | string =>
        "error" in one ? "failed" : (one.diff?.create.length ?? "not compared");
      assert.deepEqual(stacks.map(created), [0, "failed", 1]);
    });
  });

  it("say in the findings for code scanning why a pack did not start", async () => {
    const { status, sarif } = await report("one-bucket", pack("throws-on-load"));
    assert.equal(status, 3);
    const [run] = sarif.runs;
    assert.deepEqual([sarif.runs.length, run?.tool.driver.name, run?.results], [1, "rehearse", []]);
    assert.match(
      run?.invocations[0]?.toolExecutionNotifications[0]?.message.text ?? "",
      /^dev \(preview\): [^]*this pack can't be loaded/,
    );
  });

  it("show the policies of a failed rehearsal that found nothing as skipped", async () => {
    const { junit } = await report("program-throws", pack("allows"), rehearse);
    assert.match(junit, /errors="1" skipped="1"/);
    assert.match(junit, /<skipped message="the rehearsal failed before everything was judged"\/>/);
  });

  it("leave out only the file that can't be written", async () => {
    const junit = join(folder, "still.xml");
    const there = join(folder, "there");
    // The folder disappears while the program runs.
    mkdirSync(there);
    const program = programOf(`require("node:fs").rmSync(${JSON.stringify(there)}, { recursive: true });`);
    const args = ["dev", "--program", program, "--policy-pack", pack("allows"), "--json"];
    const run = await rehearse([...args, "--sarif", join(there, "a.sarif"), "--junit", junit]);
    assert.equal(run.status, 3);
    assert.match(
      run.stderr,
      /^rehearse: --sarif \S+a\.sarif can't be written: ENOENT: .*; name another place$/m,
    );
    assert.doesNotMatch(run.stderr, /^ {4}at /m);
    assert.equal(parsed<JsonDocument>(run.stdout).stacks.length, 1);
    assert.match(readFileSync(junit, "utf8"), /<testsuite name="dev \(preview\)"/);
  });
});
