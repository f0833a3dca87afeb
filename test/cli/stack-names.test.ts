import assert from "node:assert/strict";
import { rmSync } from "node:fs";

import { deploy } from "../../tools/deploy/deploy";
import { rollout } from "../../tools/rollout/rollout";
import { type CommandLine, FakeCli } from "../support/fake-cli";
import { fork } from "../support/fork";
import { rehearse, type Run } from "../support/rehearse";

/** The tools that run in this process, which is faster; of these, --help alone starts the real command. */
const HERE: Readonly<Record<string, CommandLine>> = { deploy, rollout };

function runOf(cli: FakeCli, tool: string, args: readonly string[], project?: string): Promise<Run> {
  const here = HERE[tool];
  return here === undefined ? cli.run(tool, args, project) : cli.runHere(here, args, project);
}

describe("A stack that does not exist", () => {
  let cli: FakeCli;
  before(async () => (cli = await FakeCli.start(["pulumi", "aws"], () => ({}))));
  after(() => cli.stop());

  const says = (command: string): string =>
    `${command}: there is no stack "pord": ${cli.project}/Pulumi.pord.yaml doesn't exist; the stacks are dev, prod. ` +
    "Did you mean prod? To create it, add its file and run pulumi stack init pord\n";

  for (const [tool, args] of [
    ["doctor", ["pord", "--resolver", "nowhere"]],
    ["deploy", ["shop/web-store/pord", "--plan", "none.json"]],
    ["rollout", ["pord", "--to", "red"]],
    ["balance", ["--stack", "pord", "--weights", "none"]],
  ] as const) {
    it(`is reported by ${tool} before anything else, with the existing stacks and a suggestion`, async () => {
      const { status, stdout, stderr } = await runOf(cli, tool, args);
      assert.deepEqual({ status, stdout, stderr }, { status: 2, stdout: "", stderr: says(tool) });
      assert.deepEqual(cli.calls, []);
    });
  }

  it("is reported by rehearse first, for every named stack, before other errors", async () => {
    const args = ["pord", "dev", "nope", "--program", cli.project, "--mode", "none"];
    const { status, stdout, stderr } = await rehearse(args);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.ok(stderr.startsWith(says("rehearse")), stderr);
    assert.match(
      stderr,
      /\nthere is no stack "nope": .* the stacks are dev, prod\. To create it, add its file/,
    );
    assert.match(stderr, /\n--mode is "none"; it must be preview, up or both\n$/);
  });
});

describe("An option or a file that does not exist", () => {
  let cli: FakeCli;
  before(async () => (cli = await FakeCli.start(["pulumi", "aws", "gh"], () => ({}))));
  after(() => cli.stop());

  for (const [tool, given, close] of [
    ["doctor", "--resovler", "--resolver"],
    ["deploy", "--wait-onyl", "--wait-only"],
    ["rollout", "--dry-rnu", "--dry-run"],
    ["balance", "--wieghts", "--weights"],
    ["probe", "--expcet", "--expect"],
    ["rehearse", "--polcy-pack", "--policy-pack"],
  ] as const) {
    it(`is reported by ${tool}, with the existing options and a suggestion`, async () => {
      const { status, stdout, stderr } =
        tool === "rehearse" ? await rehearse([given, "x"]) : await runOf(cli, tool, [given, "x"]);
      assert.deepEqual([status, stdout], [2, ""]);
      const says = `${tool}: Unknown option '${given}'; the options are --`;
      assert.ok(stderr.startsWith(says), stderr);
      assert.ok(stderr.includes(`. Did you mean ${close}?`), stderr);
    });
  }

  for (const tool of [
    "balance",
    "deploy",
    "deploy-gate",
    "doctor",
    "generate",
    "probe",
    "rollout",
    "rehearse",
  ])
    it(`is avoided with ${tool} --help, which prints the usage, and does nothing else`, async () => {
      const { status, stdout, stderr } =
        tool === "rehearse" ? await rehearse(["--help"]) : await cli.run(tool, ["--help"]);
      assert.deepEqual([status, stderr], [0, ""]);
      assert.match(stdout, new RegExp(`^(npm run (-s )?${tool} --|npx rehearse )`));
      assert.match(stdout, /--help +print this/);
      assert.deepEqual(cli.calls, []);
    });

  for (const [tool, args, says] of [
    [
      "deploy",
      ["prod", "--plan", "pakage.json"],
      /there is no plan pakage\.json; the \.json files there are .*\. Did you mean package\.json\?/,
    ],
    [
      "probe",
      ["https://shop.test", "--ca", "RAEDME.md"],
      /--ca RAEDME\.md doesn't exist; the \.md files there are .*\. Did you mean README\.md\?/,
    ],
  ] as const) {
    it(`is reported by ${tool}, with the existing files`, async () => {
      const { status, stderr } = await runOf(cli, tool, args);
      assert.equal(status, 2);
      assert.match(stderr, says);
    });
  }
});

describe("A stack with placeholders", () => {
  it("is not deployed: each placeholder is named with its place, and Pulumi is not called", async () => {
    const [cli, folder] = [await FakeCli.start(["pulumi"], () => ({})), fork()];
    const { status, stderr } = await runOf(cli, "deploy", ["prod"], folder);
    await cli.stop();
    rmSync(folder, { recursive: true });
    assert.equal(status, 2);
    for (const line of [
      "deploy: placeholders are left:",
      "  Pulumi.prod.yaml, web-store:domainName: store.example.com",
      "  Pulumi.prod.yaml, web-store:alarms: oncall@example.com",
      "  Pulumi.prod.yaml, web-store:alarms: no runbookUrl, and its default isn't yours",
      "  .github/CODEOWNERS:2: @your-org/platform",
      "  remedy: replace them with your own values; docs/first-deployment.md lists them",
    ])
      assert.ok(stderr.split("\n").includes(line), `${line} is not in\n${stderr}`);
    assert.deepEqual(cli.calls, []);
  });
});
