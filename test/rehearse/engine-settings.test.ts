import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixture, Graph, pack, parsed, rehearseHere, type Run } from "../support/rehearse";
import type { JsonStack } from "../../packages/rehearse/report/json";

describe("what a stack's configuration tells the engine:", () => {
  let dir: string;
  before(() => (dir = mkdtempSync(join(tmpdir(), "engine-settings-"))));
  after(() => rmSync(dir, { recursive: true }));

  /** Previews a program of one bucket by a stack file of this text. */
  async function preview(text: string, ...more: readonly string[]): Promise<Run> {
    const file = join(dir, "Pulumi.dev.yaml");
    writeFileSync(file, text);
    const program = ["dev", "--program", fixture("one-bucket"), "--config-file", file];
    return rehearseHere([...program, "--policy-pack", pack("allows"), ...more]);
  }

  async function bucketName(autonaming: string): Promise<unknown> {
    const { status, stdout, stderr } = await preview(
      `config:\n  pulumi:autonaming: ${autonaming}\n`,
      "--json",
    );
    assert.equal(status, 0, stderr);
    const [stack] = parsed<{ stacks: JsonStack[] }>(stdout).stacks;
    return new Graph(stack as JsonStack).one("aws:s3/bucket:Bucket").inputs["bucket"];
  }

  for (const denied of ["[aws]", '["*"]', "[gcp, aws ]"]) {
    it(`disable-default-providers: ${denied} refuses what names no provider`, async () => {
      const { status, stdout } = await preview(`config:\n  pulumi:disable-default-providers: ${denied}\n`);
      assert.equal(status, 3);
      const message =
        "Default provider for 'aws' disabled. 'aws:s3/bucket:Bucket' must use an explicit provider.";
      assert.ok(stdout.includes(`error: ${message}`), stdout);
    });
  }

  it("disable-default-providers of another package does nothing here", async () => {
    const { status, stdout } = await preview("config:\n  pulumi:disable-default-providers: [gcp]\n");
    assert.equal(status, 0, stdout);
  });

  const names: Record<string, { readonly autonaming: string; readonly name: RegExp }> = {
    verbatim: { autonaming: "{ mode: verbatim }", name: /^bucket$/ },
    default: { autonaming: "{ mode: default }", name: /^bucket-[0-9a-f]{7}$/ },
    "a pattern": {
      autonaming: "{ pattern: '${project}-${stack}-${name}-${alphanum(4)}-${num(3)}' }",
      name: /^one-bucket-dev-bucket-[a-z0-9]{4}-\d{3}$/,
    },
    "a pattern that the type can't take as it is": {
      autonaming: "{ pattern: 'X-${name}' }",
      name: /^x-bucket$/,
    },
    "an enforced pattern": { autonaming: "{ pattern: 'X-${name}', enforce: true }", name: /^X-bucket$/ },
    "one for the package": {
      autonaming: "{ mode: disabled, providers: { aws: { mode: verbatim } } }",
      name: /^bucket$/,
    },
    "one for the type": {
      autonaming:
        "{ mode: disabled, providers: { aws: { mode: verbatim, resources: { 'aws:s3/bucket:Bucket': { pattern: 'own-${hex(5)}' } } } } }",
      name: /^own-[0-9a-f]{5}$/,
    },
  };
  for (const [title, { autonaming, name }] of Object.entries(names)) {
    it(`autonaming: ${title}`, async () => assert.match(String(await bucketName(autonaming)), name));
  }

  it("autonaming: disabled refuses what has no name", async () => {
    const { status, stdout } = await preview("config:\n  pulumi:autonaming: { mode: disabled }\n");
    assert.equal(status, 3);
    assert.match(stdout, /automatic naming is disabled but no explicit name was provided; set `bucket`/);
  });

  it("refuses what the engine can't read, all at once", async () => {
    const { status, stderr } = await preview(
      [
        "config:",
        "  pulumi:disable-default-providers: aws",
        "  pulumi:autonaming: { mode: literal, enforce: true, patern: x, providers: { aws: { resources: { t: {} } } } }",
      ].join("\n"),
    );
    assert.equal(status, 2);
    for (const part of [
      'pulumi:disable-default-providers is the string "aws"; it must be a list of packages',
      "pulumi:autonaming has no patern; it has mode, pattern, enforce, providers",
      "pulumi:autonaming has a mode beside pattern or enforce",
      'pulumi:autonaming.mode is the string "literal"; it must be one of default, verbatim, disabled',
      "pulumi:autonaming.providers.aws.resources.t has neither mode nor pattern",
    ])
      assert.ok(stderr.includes(part), `${part}\nis missing in\n${stderr}`);
  });

  it("refuses ESC environments by name, with the way round", async () => {
    const { status, stderr } = await preview("environment:\n  - shop/dev\nconfig: {}\n");
    assert.equal(status, 2);
    assert.match(stderr, /imports Pulumi ESC environments .*--config-file FILE/);
  });

  it("names parts that nothing reads, and settings under a namespace that isn't the project's", async () => {
    const { status, stdout } = await preview("confg:\n  a: 1\nconfig:\n  aws:region: eu-west-1\n");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /warning: stack file .*: nothing reads confg/);

    const file = join(dir, "Pulumi.dev.yaml");
    writeFileSync(
      file,
      "config:\n  typedconfig:count: 3\n  count: 1\n  enabled: true\n  zones: []\n  sizes: {}\n",
    );
    const typed = await rehearseHere([
      ...[
        "dev",
        "--program",
        fixture("typed-config"),
        "--config-file",
        file,
        "--policy-pack",
        pack("allows"),
      ],
    ]);
    assert.match(
      typed.stdout,
      /warning: stack file .*: typedconfig:count is not this project's; did you mean typed-config:count\?/,
    );
  });
});
