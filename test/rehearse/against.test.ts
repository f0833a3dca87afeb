import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { JsonDiff } from "../../packages/rehearse/report/json";
import type { JsonStack } from "../../packages/rehearse/report/json";
import { describeWith } from "../support/programs";
import { SECRET, SIGNATURE, type Values } from "../../packages/rehearse/values";
import { pack, parsed, rehearseWarm, ROOT, startRehearsal } from "../support/rehearse";

const PROGRAM = `const aws = require("@pulumi/aws");
const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" });
const subnet = new aws.ec2.Subnet("shop", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", availabilityZone: "eu-west-1a" });
new aws.s3.Bucket("orders", { tags: { owner: "shop" } });
new aws.codebuild.Project("build", { artifacts: { type: "NO_ARTIFACTS" }, environment: { computeType: "BUILD_GENERAL1_SMALL", image: "a", type: "ARM_CONTAINER" }, serviceRole: "arn:aws:iam::123456789012:role/build", source: { type: "NO_SOURCE" } });
exports.subnet = subnet.id;
`;

/** A program in its own repository. */
class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), "repository-"));

  constructor() {
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("config", "user.email", "test@example.com");
    this.git("config", "user.name", "Test");
    this.write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
    this.write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
    this.write("package.json", '{ "name": "shop", "version": "1.0.0", "main": "index.js" }\n');
    this.write(".gitignore", "node_modules\n");
    this.write("index.js", PROGRAM);
    symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"));
    this.commit("first");
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", ["-C", this.folder, ...args], { encoding: "utf8" }).trim();
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Replaces some texts of the program. */
  edit(...pairs: readonly (readonly [string, string])[]): void {
    this.write(
      "index.js",
      pairs.reduce((text, [old, now]) => {
        assert.ok(text.includes(old), old);
        return text.replace(old, now);
      }, PROGRAM),
    );
  }

  commit(message: string): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
  }

  run(...args: readonly string[]) {
    return rehearseWarm(["--program", this.folder, "--policy-pack", pack("judges-buckets"), ...args]);
  }

  async diff(...args: readonly string[]): Promise<JsonDiff> {
    const { stdout, stderr, status } = await this.run("dev", "--json", ...args);
    assert.ok(status === 0 || status === 1, stderr);
    const { stacks } = JSON.parse(stdout) as { stacks: JsonStack[] };
    return stacks[0]?.diff ?? assert.fail("no diff");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const names = (urns: readonly string[]): string[] => urns.map((urn) => urn.split("::").slice(-2).join(" "));

describeWith(["git"], "rehearse --against", () => {
  // Of this suite's own: others compare at the same time.
  let temporary: string;
  const { TMPDIR: usual } = process.env;
  let repository: Repository;
  before(() => {
    temporary = mkdtempSync(join(tmpdir(), "comparisons-"));
    process.env["TMPDIR"] = temporary;
  });
  after(() => {
    delete process.env["TMPDIR"];
    if (usual !== undefined) process.env["TMPDIR"] = usual;
    rmSync(temporary, { recursive: true });
  });
  beforeEach(() => {
    repository = new Repository();
  });
  afterEach(() => {
    // The worktree for the comparison is removed.
    assert.equal(repository.git("worktree", "list").split("\n").length, 1);
    repository.remove();
  });

  it("reports no difference between a commit and itself", async () => {
    const { stdout, status } = await repository.run("dev", "--against", "HEAD");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /What changes in dev, against HEAD \([0-9a-f]{10}\)\n\n {4}0 to create, 0 to change, 0 to replace, 0 to delete; 4 unchanged\n\n {4}No resource changes\.\n/,
    );
  });

  it("reports what is created, changed property by property, and deleted, and that the working tree is dirty", async () => {
    repository.edit(
      ['owner: "shop"', 'owner: "checkout"'],
      ['new aws.codebuild.Project("build"', 'new aws.codebuild.Project("test"'],
    );
    const { create, delete: gone, update, replace } = await repository.diff("--against", "HEAD");
    assert.deepEqual(names(create), ["aws:codebuild/project:Project test"]);
    assert.deepEqual(names(gone), ["aws:codebuild/project:Project build"]);
    assert.deepEqual(
      update.map(({ urn, properties }) => [names([urn])[0], properties]),
      [["aws:s3/bucket:Bucket orders", ["tags"]]],
    );
    assert.deepEqual(replace, []);
    const { stdout } = await repository.run("dev", "--against", "HEAD");
    assert.match(stdout, /the working tree has uncommitted changes, which are included/);
    assert.match(stdout, / ~ {2}aws:s3\/bucket:Bucket {2}orders\n {8}tags\.owner: "shop" → "checkout"\n/);
  });

  it("follows a replacement to the values computed from it", async () => {
    repository.edit(['cidrBlock: "10.0.0.0/16"', 'cidrBlock: "10.0.0.0/17"']);
    const { replace, update } = await repository.diff("--against", "HEAD");
    assert.deepEqual(
      replace.map(({ urn, properties }) => [names([urn])[0], properties]),
      [
        ["aws:ec2/vpc:Vpc shop", ["cidrBlock"]],
        ["aws:ec2/subnet:Subnet shop", ["vpcId"]],
      ],
    );
    assert.deepEqual(update, []);
  });

  it("reports data loss before interrupted requests", async () => {
    repository.edit(
      ['cidrBlock: "10.0.0.0/16"', 'cidrBlock: "10.0.0.0/17"'],
      ['new aws.s3.Bucket("orders", { tags: { owner: "shop" } });', ""],
    );
    const { stdout } = await repository.run("dev", "--against", "HEAD");
    assert.match(
      stdout,
      /Look at these first:\n {4}aws:s3\/bucket:Bucket {2}orders is deleted: its data is lost\n/,
    );
    assert.match(stdout, /Vpc {2}shop is replaced, because of cidrBlock: requests may be interrupted/);
    assert.match(stdout, /vpcId: follows shop {2}\(replaces it\)/);
  });

  it("says so if it does not know the effect of a change", async () => {
    repository.edit(["serviceRole:", "buildTimeout: 60, serviceRole:"]);
    const { stdout } = await repository.run("dev", "--against", "HEAD");
    assert.match(stdout, /buildTimeout: \(none\) → 60 {2}\(unknown whether it replaces it\)/);
  });

  it("does not mention a dirty working tree if there is none", async () => {
    repository.edit(['owner: "shop"', 'owner: "checkout"']);
    const dirty = /the working tree has uncommitted changes, which are included/;
    repository.commit("second");
    const { stdout } = await repository.run("dev", "--against", "main~1");
    assert.doesNotMatch(stdout, dirty);
    assert.match(stdout, /0 to create, 1 to change, 0 to replace, 0 to delete/);
  });

  it("reports which findings are new, fixed and unchanged", async () => {
    repository.edit(['owner: "shop"', 'team: "shop"']);
    const worse = await repository.run("dev", "--against", "HEAD");
    repository.commit("worse");
    repository.write("index.js", PROGRAM);
    const better = await repository.run("dev", "--against", "HEAD");
    const told = [worse, better].map(({ stdout }) => stdout.slice(stdout.indexOf("What changes")));
    assert.match(
      told.join("\n"),
      /new: \[advisory\] {2}prefers-owners {2}\(aws:s3\/bucket:Bucket: orders\)\n {10}Say whose it is\.\n {10}Add the tag owner\.\n/,
    );
    assert.match(
      told.join("\n"),
      /fixed: \[advisory\] {2}prefers-owners {2}\(aws:s3\/bucket:Bucket: orders\)\n/,
    );
  });

  it("shows only the difference, with the verdict and what refuses the plan unchanged", async () => {
    const bad = PROGRAM.replace('aws.s3.Bucket("orders"', 'aws.s3.Bucket("bad"');
    repository.write("index.js", bad);
    repository.commit("bad");
    repository.write("index.js", bad.replace('owner: "shop"', 'owner: "checkout"'));
    const { stdout, status } = await repository.run("dev", "--against", "HEAD");
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^Rehearsed dev \(shop, preview\): refused by a mandatory policy .*\n\nWhat changes in dev/,
    );
    assert.match(
      stdout,
      /as before: \[mandatory\] {2}no-bad-names {2}\(.*: bad\)\n {10}Names must be good\.\n/,
    );
    assert.match(
      stdout,
      /\n {4}2 unchanged\n\nCost: nothing without traffic; as before\n {4}and what has no price: .*\n\nVerdict on dev: refused by a mandatory policy .*\n$/,
    );
    assert.doesNotMatch(stdout, /Resources:|Outputs:|counts-buckets|─/);
    const { stdout: full } = await repository.run("dev", "--against", "HEAD", "--tree");
    assert.match(full, /\n {4}├─ aws:ec2\/vpc:Vpc +shop\n/);
    assert.match(full, /\n ~ {2}[├└]─ aws:s3\/bucket:Bucket +bad +update\n/);
  });

  it("counts many new resources by component, and lists them with --tree", async () => {
    repository.write(
      "index.js",
      `${PROGRAM}for (let at = 0; at < 11; at++) new aws.sqs.Queue("queue-" + at);\n`,
    );
    const { stdout } = await repository.run("dev", "--against", "HEAD");
    assert.match(
      stdout,
      /\n {4}11 to create, 0 to change, .*\n\n \+ {2}11 resources:\n {4}aws:sqs\/queue:Queue +11 resources\n/,
    );
    const { stdout: full } = await repository.run("dev", "--against", "HEAD", "--tree");
    assert.match(full, /\n \+ {2}aws:sqs\/queue:Queue {2}queue-10\n/);
  });

  it("treats a stack that the ref does not have as new", async () => {
    repository.write("Pulumi.prod.yaml", "config:\n  aws:region: eu-west-1\n");
    const { stdout } = await repository.run("prod", "--against", "HEAD", "--json");
    const { stacks } = JSON.parse(stdout) as { stacks: JsonStack[] };
    assert.equal(stacks[0]?.diff?.create.length, 4);
  });

  it("compares with a file of --export as well, ignoring IDs and generated names", async () => {
    const file = join(repository.folder, "state.json");
    await repository.run("dev", "--mode", "up", "--export", file);
    const nothing = Object.values(await repository.diff("--against", file));
    assert.deepEqual(
      nothing,
      nothing.map(() => []),
    );
    const state = readFileSync(file, "utf8").replaceAll(/"(orders|shop)-[0-9a-f]{7}"/g, '"$1-0123456"');
    writeFileSync(file, state);
    repository.edit(['owner: "shop"', 'owner: "checkout"']);
    assert.equal((await repository.diff("--against", file)).update.length, 1);
  });

  it("compares a stack file from another folder with the stack's own at the ref", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "stack-file-"));
    const file = join(elsewhere, "other.yaml");
    writeFileSync(file, "config:\n  aws:region: eu-central-1\n");
    const { replace } = await repository.diff("--against", "HEAD", "--config-file", file);
    assert.ok(replace.some(({ properties }) => properties.includes("region")));
    rmSync(elsewhere, { recursive: true });
  });

  it("reads a state as the provider leaves it: with its defaults among the program's inputs", async () => {
    const file = join(repository.folder, "state.json");
    await repository.run("dev", "--mode", "up", "--export", file);
    const state = parsed<{ deployment: { resources: { type: string; inputs: Values }[] } }>(
      readFileSync(file, "utf8"),
    );
    for (const { type, inputs } of state.deployment.resources) {
      if (type === "aws:s3/bucket:Bucket")
        Object.assign(inputs, { __defaults: ["bucket", "forceDestroy"], forceDestroy: false });
      if (type === "aws:codebuild/project:Project")
        Object.assign(inputs["environment"] as Values, {
          __defaults: ["privilegedMode"],
          privilegedMode: false,
        });
    }
    writeFileSync(file, JSON.stringify(state));
    assert.deepEqual((await repository.diff("--against", file)).update, []);
  });

  it("continues an interrupted update, and replaces tainted resources", async () => {
    const file = join(repository.folder, "state.json");
    await repository.run("dev", "--mode", "up", "--export", file);
    const state = parsed<{ deployment: { resources: { type: string; urn: string }[] } }>(
      readFileSync(file, "utf8"),
    );
    const { resources } = state.deployment;
    const one = (type: string) => resources.find((resource) => resource.type === type) ?? assert.fail(type);
    const project = one("aws:codebuild/project:Project");
    resources.push({ ...project, urn: `${project.urn}-gone` });
    Object.assign(resources.at(-1) ?? {}, { pendingReplacement: true });
    Object.assign(project, { pendingReplacement: true });
    Object.assign(one("aws:s3/bucket:Bucket"), { taint: true });
    Object.assign(one("aws:ec2/subnet:Subnet"), { initErrors: ["it isn't ready"] });
    writeFileSync(file, JSON.stringify(state));
    const plan = await repository.diff("--against", file);
    assert.deepEqual(plan.delete, []);
    assert.deepEqual(
      [...plan.replace, ...plan.update].map(({ properties }) => properties),
      [["pendingReplacement"], ["taint"], ["initErrors"]],
    );
  });

  it("warns if a state is another stack's", async () => {
    repository.write("Pulumi.prod.yaml", "config:\n  aws:region: eu-west-1\n");
    const file = join(repository.folder, "state.json");
    await repository.run("dev", "--mode", "up", "--export", file);
    const { stdout } = await repository.run("prod", "--against", file);
    assert.match(
      stdout,
      /warning: the state is not this stack's: it belongs to urn:pulumi:dev::shop, but this is/,
    );
  });

  it("exports the whole state of an update that a policy refuses", async () => {
    repository.edit(['aws.s3.Bucket("orders"', 'aws.s3.Bucket("bad"']);
    const file = join(repository.folder, "state.json");
    const { status } = await repository.run("dev", "--mode", "up", "--export", file);
    assert.equal(status, 1);
    assert.deepEqual((await repository.diff("--against", file)).create, []);
  });

  it("refuses, in every output format, what Pulumi refuses", async () => {
    const guarded: readonly [string, string] = [
      '{ owner: "shop" } }',
      '{ owner: "shop" } }, { protect: true }',
    ];
    repository.edit(guarded);
    const [state, sarif, junit, markdown] = ["state.json", "findings.sarif", "report.xml", "plan.md"].map(
      (name) => join(repository.folder, name),
    ) as [string, string, string, string];
    await repository.run("dev", "--mode", "up", "--export", state);
    repository.edit(['new aws.s3.Bucket("orders", { tags: { owner: "shop" } });', ""]);
    const reports = ["--sarif", sarif, "--junit", junit, "--markdown", markdown];
    const { status, stdout } = await repository.run("dev", "--against", state, ...reports);
    assert.equal(status, 1);
    assert.match(stdout, /^Rehearsed dev \(shop, preview\): refused by Pulumi \(/);
    assert.match(
      stdout,
      /\nPulumi refuses this plan:\n {4}aws:s3\/bucket:Bucket {2}orders: .* it is protected/,
    );
    const { refused } = await repository.diff("--against", state);
    assert.deepEqual(names(refused.map(({ urn }) => urn)), ["aws:s3/bucket:Bucket orders"]);
    for (const file of [sarif, junit, markdown])
      assert.match(readFileSync(file, "utf8"), /cannot be deleted because it is protected/, file);
    assert.match(readFileSync(markdown, "utf8"), /❌ refused by Pulumi\n/);
  });

  it("shows packed user data by its lines, JSON by its members, and lists by added and removed elements", async () => {
    const program = (script: string, action: string, topics: string): string =>
      `const aws = require("@pulumi/aws"), { gzipSync } = require("node:zlib");
const packed = (text) => gzipSync(text).toString("base64");
new aws.ec2.LaunchTemplate("shop", { userData: packed(${JSON.stringify(script)}) });
new aws.iam.Policy("shop", { policy: JSON.stringify({ Statement: [{ Action: "${action}" }] }, null, 1) });
new aws.cloudwatch.MetricAlarm("shop", { comparisonOperator: "a", evaluationPeriods: 1, alarmActions: [${topics}] });\n`;
    repository.write("index.js", program("#!/bin/sh\necho one\nexit\n", "s3:Get", '"a", "b"'));
    repository.commit("one");
    repository.write("index.js", program("#!/bin/sh\necho two\nexit\n", "s3:Put", '"b", "c"'));
    const { stdout } = await repository.run("dev", "--against", "HEAD");
    assert.match(stdout, /\n {8}userData:\n {12}- echo one\n {12}\+ echo two\n/);
    assert.match(stdout, /\n {8}policy Statement\[0\]\.Action: "s3:Get" → "s3:Put"/);
    assert.match(stdout, /\n {8}alarmActions: - "a", \+ "c"\n/);
  });

  it("shows an asset's text by its lines, a large asset by its hash, and shortens long lines", async () => {
    const program = (word: string): string =>
      `const aws = require("@pulumi/aws"), { StringAsset } = require("@pulumi/pulumi").asset;
const object = (key, text) => new aws.s3.BucketObject(key, { bucket: "shop", key, source: new StringAsset(text) });
object("page", "<h1>\\n${word}\\n</h1>");
object("bundle", "x".repeat(100_000) + "${word}");
new aws.ec2.LaunchTemplate("shop", { userData: "#!/bin/sh\\necho " + "${word}".repeat(1000) });\n`;
    repository.write("index.js", program("one"));
    repository.commit("one");
    repository.write("index.js", program("two"));
    const { stdout } = await repository.run("dev", "--against", "HEAD");
    assert.match(stdout, /\n {8}source: .*\n {12}- one\n {12}\+ two\n/);
    assert.match(
      stdout,
      /\n {8}source: "100003 bytes, SHA-256 [0-9a-f]{16}…" → "100003 bytes, SHA-256 [0-9a-f]{16}…"/,
    );
    assert.match(stdout, /\n {12}\+ echo (two)+t?w?…\n/);
    assert.ok(stdout.split("\n").every(({ length }) => length < 250));
  });

  it("writes a comment that can be found again, and in which no text acts as markup", async () => {
    repository.edit(['owner: "shop"', 'owner: "<b>|`x`@team#12"']);
    const file = join(repository.folder, "comment.md");
    const { status } = await repository.run("dev", "--against", "HEAD", "--markdown", file);
    assert.notEqual(status, 2);
    const comment = readFileSync(file, "utf8");
    assert.match(comment, /^<!-- rehearse: plan -->\n/);
    assert.match(comment, /\| change \| aws:s3\/bucket:Bucket orders \|/);
    assert.doesNotMatch(comment, /<b>|`x`|@team/);
    // GitHub also finds mentions and issues written with entities, but not after a zero-width space.
    assert.match(comment, /&#64;&#8203;team&#35;&#8203;12/);
  });

  for (const [title, args, says] of [
    [
      "a ref that does not exist",
      ["dev", "--against", "nowhere"],
      /--against is "nowhere"; it must be a git ref, such as origin\/main, or a file/,
    ],
    [
      "a ref that is mistyped",
      ["dev", "--against", "mian"],
      /--against is "mian"; it must be a git ref, .* wrote\. Did you mean main\?/,
    ],
    [
      "a ref that git would read as an option",
      ["dev", "--against=--all"],
      /--against is "--all"; it must be a git ref/,
    ],
    [
      "a file that is not an export",
      ["dev", "--against", "Pulumi.yaml"],
      /Pulumi\.yaml is not an export of a stack: .*Write one with --export/,
    ],
  ] as const) {
    it(`refuses ${title}, in one line`, async () => {
      const given = args.map((arg) => (arg === "Pulumi.yaml" ? join(repository.folder, arg) : arg));
      const { status, stdout, stderr } = await repository.run(...given);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /^ {4}at /m);
    });
  }

  it("refuses a broken state without quoting it, as it may hold secrets", async () => {
    const urn = "urn:pulumi:dev::shop::aws:sns/topic:Topic::news";
    const password = { [SIGNATURE]: SECRET, plaintext: "hunter2" };
    const resources = [{ urn, type: "aws:sns/topic:Topic", custom: true, inputs: { password } }];
    for (const text of ["hunter2", JSON.stringify({ version: 3, deployment: { resources } })]) {
      repository.write("broken.json", text);
      const { status, stderr } = await repository.run(
        "dev",
        "--against",
        join(repository.folder, "broken.json"),
      );
      assert.equal(status, 2);
      assert.match(stderr, /broken\.json is not an export of a stack: .* isn't JSON/);
      assert.doesNotMatch(stderr, /hunter2|^ {4}at /m);
    }
  });

  it("states why the ref cannot be rehearsed", async () => {
    repository.write("index.js", 'throw new Error("broken");\n');
    repository.commit("broken");
    repository.write("index.js", PROGRAM);
    const { status, stdout } = await repository.run("dev", "--against", "HEAD");
    assert.equal(status, 3);
    assert.match(stdout, /^ {4}error: dev can't be rehearsed as it was at HEAD: .*$/m);
    assert.match(stdout, /Error: broken/);
  });

  it("rehearses a commit once, and again for another commit or another answers file", async () => {
    symlinkSync(pack("judges-buckets"), join(repository.folder, "policies"));
    repository.write("package-lock.json", "{}\n");
    repository.commit("with policies");
    repository.edit(['owner: "shop"', 'owner: "checkout"']);
    const run = (...args: readonly string[]) =>
      rehearseWarm(["--program", repository.folder, "--against", "HEAD", ...args]);
    const answers = join(repository.folder, "answers.json");
    writeFileSync(answers, '{ "stackReferences": { "a/b/c": {} } }');

    const first = await run("dev");
    assert.match(first.stdout, /1 to change/);
    assert.doesNotMatch(first.stderr, /Reusing/);
    const second = await run("dev");
    assert.match(second.stderr, /^Reusing the rehearsal of dev at HEAD \([0-9a-f]{10}\)$/m);
    const timeless = ({ stdout }: { stdout: string }): string => stdout.replace(/ in [\d.]+ s/g, "");
    assert.equal(timeless(second), timeless(first));
    assert.doesNotMatch((await run("dev", "--answers", answers)).stderr, /Reusing/);
    repository.commit("another owner");
    const third = await run("dev");
    assert.doesNotMatch(third.stderr, /Reusing/);
    assert.match(third.stdout, /0 to change/);
  });

  for (const [signal, expected] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`stops installing packages on ${signal}, and leaves no process and no file behind`, async () => {
      repository.write("package-lock.json", "{}\n");
      repository.commit("locked");
      repository.write("package-lock.json", '{ "lockfileVersion": 3 }\n');
      const [bin, temporary] = ["bin-", "tmp-"].map((name) => mkdtempSync(join(tmpdir(), name))) as [
        string,
        string,
      ];
      const started = join(bin, "started");
      writeFileSync(
        join(bin, "npm"),
        `#!/bin/sh\necho $$ > ${started}.part; mv ${started}.part ${started}\nsleep 600\n`,
        { mode: 0o755 },
      );
      const { child, ended } = startRehearsal(["dev", "--program", repository.folder, "--against", "HEAD"], {
        env: { PATH: bin + delimiter + process.env["PATH"], TMPDIR: temporary },
      });
      try {
        while (!existsSync(started)) {
          assert.equal(child.exitCode, null);
          await sleep(50);
        }
        child.kill(signal);
        const { status, stdout, stderr } = await ended;
        assert.deepEqual([status, stdout], [expected, ""]);
        assert.match(
          stderr,
          /^Installing the ref's packages with npm ci .*: its package-lock.json differs from today's$/m,
        );
        assert.deepEqual(readdirSync(temporary), []);
        assert.throws(() => process.kill(Number(readFileSync(started, "utf8")), 0), { code: "ESRCH" });
      } finally {
        child.kill("SIGKILL");
        for (const folder of [bin, temporary]) rmSync(folder, { recursive: true });
      }
    });
  }

  it("leaves no folder behind", () => {
    const left = readdirSync(temporary).filter((name) => !name.startsWith("repository-"));
    assert.deepEqual(left, []);
  });
});
