import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { ACTION, action, GitHubComments, runAction } from "../support/action";
import { describeWith, itWith, pathOf } from "../support/programs";
import { endOf, pack, ROOT, type Run } from "../support/rehearse";

const MARKER = "<!-- rehearse: infra dev -->";

/** A bucket, which the pack `judges-buckets` refuses or allows depending on its name. */
const bucket = (name: string): string =>
  `const aws = require("@pulumi/aws");\nnew aws.s3.Bucket("${name}");\n`;

/** The example workflow in the documentation. */
const [, EXAMPLE = ""] =
  /```yaml\n(# \.github\/workflows\/rehearse\.yml\n[^]*?)```/.exec(
    readFileSync(join(ROOT, "docs", "pipelines.md"), "utf8"),
  ) ?? [];

describe("The action's description", () => {
  for (const [schema, title] of [
    ["vendor.github-actions", "of actions, and action.yml"],
    ["vendor.github-workflows", "of workflows, and the example in docs/pipelines.md"],
  ] as const)
    itWith(["check-jsonschema"], `matches SchemaStore's schema ${title}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "schema-"));
      const example = join(folder, "rehearse.yml");
      writeFileSync(example, EXAMPLE);
      const file = schema === "vendor.github-actions" ? join(ACTION, "action.yml") : example;
      const run = spawnSync(pathOf("check-jsonschema") ?? "", ["--builtin-schema", schema, file], {
        encoding: "utf8",
      });
      rmSync(folder, { recursive: true });
      assert.equal(run.status, 0, run.stdout + run.stderr);
    });

  itWith(["actionlint"], "has an example in docs/pipelines.md that passes actionlint", () => {
    const run = spawnSync(pathOf("actionlint") ?? "", ["-"], { input: EXAMPLE, encoding: "utf8" });
    assert.equal(run.status, 0, run.stdout + run.stderr);
  });

  it("matches the pinned example in docs/pipelines.md, whose inputs and outputs exist", () => {
    const { jobs } = parse(EXAMPLE) as {
      jobs: { rehearse: { steps: readonly { uses?: string; with?: object; id?: string }[] } };
    };
    const { steps } = jobs.rehearse;
    for (const { uses } of steps.filter((step) => step.uses !== undefined))
      assert.match(uses ?? "", /@([0-9a-f]{40}|DIGEST)$/);
    const own = steps.find(({ uses }) => uses?.startsWith("your-org/web-store/.github/actions/rehearse@"));
    assert.ok(own);
    for (const name of Object.keys(own.with ?? {})) assert.ok(name in action.inputs, name);
    for (const [, name = ""] of EXAMPLE.matchAll(/steps\.rehearse\.outputs\.([\w-]+)/g))
      assert.ok(name in action.outputs, name);
  });

  it("puts no input into a script: inputs are environment variables", () => {
    for (const { run } of action.runs.steps) assert.doesNotMatch(run, /\$\{\{/);
  });

  it("passes the token only to the step that comments", () => {
    const withToken = action.runs.steps.filter(({ env }) => JSON.stringify(env).includes("token"));
    assert.deepEqual(
      withToken.map(({ run }) => run),
      ['node "$GITHUB_ACTION_PATH/comment.mjs" "$MARKDOWN"'],
    );
  });
});

describeWith(["bash", "git"], "The action, on a pull request of another repository", () => {
  const workspace = mkdtempSync(join(tmpdir(), "checkout-"));
  const write = (file: string, text: string): void => writeFileSync(join(workspace, "infra", file), text);
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", workspace, ...args], { encoding: "utf8" }).trim();
  const github = new GitHubComments();
  let api: string;
  let base: string;

  const run = (inputs: Record<string, string>, event?: object) =>
    runAction(
      workspace,
      { program: "infra", stacks: "dev", "policy-pack": pack("judges-buckets"), ...inputs },
      { token: "secret-token", event: event ?? { pull_request: { number: 7, base: { sha: base } } } },
      { GITHUB_API_URL: api, GITHUB_REPOSITORY: "octo/store" },
    );

  before(async () => {
    api = await github.open();
    git("init", "--quiet", "--initial-branch=main");
    git("config", "user.email", "test@example.com");
    git("config", "user.name", "Test");
    execFileSync("mkdir", [join(workspace, "infra")]);
    write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
    write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
    write("package.json", '{ "name": "shop", "version": "1.0.0", "main": "index.js" }\n');
    write(".gitignore", "node_modules\n");
    write("index.js", bucket("good"));
    symlinkSync(join(ROOT, "node_modules"), join(workspace, "infra", "node_modules"));
    git("add", "--all");
    git("commit", "--quiet", "--message", "base");
    base = git("rev-parse", "HEAD");
  });
  beforeEach(() => {
    github.comments.length = github.changes.length = 0;
    github.writable = true;
  });
  after(() => {
    github.close();
    rmSync(workspace, { recursive: true });
  });

  it("comments on a refusal and fails, then updates the comment once it is fixed", async () => {
    write("index.js", bucket("bad"));
    const refused = await run({ report: "true" });
    assert.equal(refused.succeeded, false, refused.log);
    assert.deepEqual(github.changes, ["POST /repos/octo/store/issues/7/comments"]);
    const { markdown, sarif, report, ...told } = refused.outputs;
    assert.deepEqual(told, { verdict: "refused", mandatory: "1", advisory: "2" });
    assert.equal(readFileSync(markdown ?? "", "utf8"), github.comments[0]?.body);
    assert.ok(existsSync(sarif ?? "") && existsSync(join(report ?? "", "index.html")));
    assert.match(
      github.comments[0]?.body ?? "",
      new RegExp(`^${MARKER}\n\n### Plan, against [^]*❌ refused`),
    );
    assert.match(refused.summary, /❌ refused by a mandatory policy/);

    write("index.js", bucket("good"));
    const mended = await run({});
    assert.equal(mended.succeeded, true, mended.log);
    assert.equal(mended.outputs["verdict"], "allowed");
    assert.equal(mended.outputs["report"], "");
    assert.deepEqual(github.changes.slice(1), ["PATCH /repos/octo/store/issues/comments/1"]);
    assert.match(github.comments[0]?.body ?? "", /✅ allowed\n\nNo resource changes\./);
  });

  it("writes the text to the summary if a fork's token may not comment, or if a refusal must not fail", async () => {
    write("index.js", bucket("bad"));
    github.writable = false;
    const { succeeded, outputs, log, summary } = await run({ "fail-on-findings": "false", against: "" });
    assert.equal(succeeded, true, log);
    assert.equal(outputs["verdict"], "refused");
    assert.match(log, /^::warning::GitHub answered 403 .*a pull request from a fork has no token that may/m);
    assert.match(summary, /### Rehearsal\n\n#### dev: ❌ refused/);
    assert.deepEqual(github.comments, []);
  });

  it("treats the program's output as neither command, mention nor markup, and fails with it", async () => {
    write(
      "index.js",
      'console.log("::error::bad");\nthrow new Error("``` <img src=x> @octo/team\\n```` |");\n',
    );
    const { succeeded, outputs, log } = await run({ "fail-on-findings": "false", against: "" });
    assert.equal(succeeded, false);
    assert.equal(outputs["verdict"], "failed");
    assert.match(log, /^::stop-commands::([\w-]{36})\n[^]*::error::bad[^]*\n::\1::$/m);
    const { body = "" } = github.comments[0] ?? {};
    assert.match(body, /❌ failed[^]*&#60;img/);
    assert.doesNotMatch(body, /<img|@octo|```/);
  });

  it("states why nothing can be rehearsed, as code", async () => {
    const { succeeded, outputs } = await run({
      stacks: "prud",
      against: "",
      options: "--budget=`@octo/team`",
    });
    assert.equal(succeeded, false);
    assert.deepEqual([outputs["verdict"], outputs["sarif"]], ["failed", ""]);
    assert.match(
      github.comments[0]?.body ?? "",
      /^<!-- rehearse: infra prud -->\n\n### Rehearsal: ❌ not possible\n\n```\nrehearse: [^]*`@octo[^]*\n```\n$/,
    );
  });

  it("allows nothing that it did not rehearse", async () => {
    const { succeeded, outputs } = await run({ against: "", comment: "false", options: "--help" });
    assert.equal(succeeded, false);
    assert.equal(outputs["verdict"], "failed");
    assert.deepEqual(github.comments, []);
  });

  it("reports every error of its inputs at once", async () => {
    const { succeeded, log } = await run({
      program: "nowhere",
      report: "yes",
      options: "prod\n--markdown=x",
    });
    assert.equal(succeeded, false);
    assert.deepEqual(log.trim().split("\n"), [
      '::error::report is "yes"; it must be true or false',
      '::error::program is "nowhere", and there is no Pulumi.yaml in that folder of the checkout; name the one that has it',
      '::error::options has "prod"; each line must be one option, such as --budget=500',
      `::error::options has "--markdown=x"; --markdown is the action's own: use the input markdown if there is one, or the outputs`,
    ]);
    const shallow = await run({ against: "0".repeat(40) });
    assert.match(
      shallow.log,
      /^::error::against is "0{40}", which this checkout doesn't have; .*fetch-depth: 0/,
    );
  });
});

describe("The action's comment", () => {
  const folder = mkdtempSync(join(tmpdir(), "comment-"));
  const github = new GitHubComments();
  let api: string;
  before(async () => (api = await github.open()));
  beforeEach(() => (github.comments.length = github.changes.length = 0));
  after(() => {
    github.close();
    rmSync(folder, { recursive: true });
  });

  const comment = async (
    text: string,
    env: Record<string, string> = {},
  ): Promise<Run & { summary: string }> => {
    const [file, summary] = [join(folder, "plan.md"), join(folder, "summary.md")];
    writeFileSync(file, text);
    writeFileSync(summary, "");
    const child = spawn(process.execPath, [join(ACTION, "comment.mjs"), file], {
      env: {
        ...process.env,
        GITHUB_API_URL: api,
        GITHUB_REPOSITORY: "octo/store",
        GITHUB_TOKEN: "secret-token",
        PULL_REQUEST: "7",
        GITHUB_STEP_SUMMARY: summary,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { ...(await endOf(child)), summary: readFileSync(summary, "utf8") };
  };
  const people = (count: number): GitHubComments["comments"] =>
    Array.from({ length: count }, (_, id) => ({ id, user: { type: "User" }, body: `${MARKER}\nquoted` }));

  it("is a bot's with its mark, on any page; a person's comment that quotes it is not changed", async () => {
    github.comments.push(...people(120), { id: 500, user: { type: "Bot" }, body: `${MARKER}\nold` });
    const { status, stdout } = await comment(`${MARKER}\nnew`);
    assert.equal(status, 0);
    assert.equal(stdout, "brought the comment up to date\n");
    assert.deepEqual(github.changes, ["PATCH /repos/octo/store/issues/comments/500"]);
  });

  it("is created if only people's comments have its mark, or another mark begins like it", async () => {
    github.comments.push(...people(100), { id: 500, user: { type: "Bot" }, body: `${MARKER} \nother` });
    await comment(`${MARKER}\nnew`);
    assert.deepEqual(github.changes, ["POST /repos/octo/store/issues/7/comments"]);
  });

  it("is shortened to GitHub's limit, at the end of a line, with all markup closed", async () => {
    const rows = Array.from({ length: 9000 }, (_, index) => `| create | bucket ${index} | |`).join("\n");
    const text = `${MARKER}\n<details><summary>Resources</summary>\n\n${rows}\n\n</details>\n`;
    const { status, stdout, summary } = await comment(text);
    assert.equal(status, 0, stdout);
    const { body = "" } = github.comments[0] ?? {};
    assert.ok(body.length > 65_000 && body.length <= 65_536, String(body.length));
    assert.match(
      body,
      /\| create \| bucket \d+ \| \|\n\n<\/details>\n\n… the rest is in the job's summary\.\n$/,
    );
    assert.equal(summary, `${text}\n`);
  });

  it("is within GitHub's limit in a summary", async () => {
    const { summary } = await comment(`${MARKER}\n${`${"€".repeat(99)}\n`.repeat(4000)}`, {
      PULL_REQUEST: "",
    });
    assert.ok(Buffer.byteLength(summary) < 1024 * 1024);
    assert.match(summary, /… the rest is in the job's log\.\n\n$/);
  });

  it("does not affect the verdict: a wrong or missing token, or no GitHub, is a warning", async () => {
    for (const [env, says] of [
      [{ GITHUB_TOKEN: "wrong" }, /^::warning::GitHub answered 401 to GET/],
      [{ GITHUB_TOKEN: "" }, /^::warning::there is no token/],
      [{ GITHUB_API_URL: "http://127.0.0.1:1" }, /^::warning::fetch failed/],
      [{ PULL_REQUEST: "" }, /^no pull request to comment on/],
    ] as const) {
      const { status, stdout, summary } = await comment(`${MARKER}\nnew`, env);
      assert.equal(status, 0);
      assert.match(stdout, says);
      assert.equal(summary, `${MARKER}\nnew\n`);
    }
    assert.deepEqual(github.changes, []);
  });

  it("reports all errors at once, and sends nothing", async () => {
    const { status, stderr } = await comment("no mark", { PULL_REQUEST: "x", GITHUB_REPOSITORY: "octo" });
    assert.equal(status, 2);
    for (const part of ['begins with "no mark"', 'PULL_REQUEST is "x"', 'GITHUB_REPOSITORY is "octo"'])
      assert.ok(stderr.includes(part), stderr);
    assert.deepEqual(github.changes, []);
  });
});
