import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAnswers } from "../../packages/rehearse/cloud/answers";
import { StackConfig } from "../../packages/rehearse/project/config";
import { readProject } from "../../packages/rehearse/project/project";
import { fixture, Graph, pack, parsed, rehearseWarm, ROOT, type Run } from "../support/rehearse";
import type { JsonStack } from "../../packages/rehearse/report/json";

describe("a stack's configuration for the engine:", () => {
  let dir: string;
  before(() => (dir = mkdtempSync(join(tmpdir(), "engine-settings-"))));
  after(() => rmSync(dir, { recursive: true }));

  /** Previews a program with one bucket, with this text as the stack file. */
  async function preview(text: string, ...more: readonly string[]): Promise<Run> {
    const file = join(dir, "Pulumi.dev.yaml");
    writeFileSync(file, text);
    const program = ["dev", "--program", fixture("one-bucket"), "--config-file", file];
    return rehearseWarm([...program, "--policy-pack", pack("allows"), ...more]);
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
    it(`disable-default-providers: ${denied} refuses a resource without an explicit provider`, async () => {
      const { status, stdout } = await preview(`config:\n  pulumi:disable-default-providers: ${denied}\n`);
      assert.equal(status, 3);
      const message =
        "Default provider for 'aws' disabled. 'urn:pulumi:dev::one-bucket::aws:s3/bucket:Bucket::bucket' must use an explicit provider.";
      assert.ok(stdout.includes(`error: aws:s3/bucket:Bucket (bucket): ${message}\n\n`), stdout);
    });
  }

  it("disable-default-providers of another package has no effect", async () => {
    const { status, stdout } = await preview("config:\n  pulumi:disable-default-providers: [gcp]\n");
    assert.equal(status, 0, stdout);
  });

  const names: Record<string, { readonly autonaming: string; readonly name: RegExp }> = {
    verbatim: { autonaming: "{ mode: verbatim }", name: /^bucket$/ },
    "a pattern of what is inside a setting": {
      autonaming: "{ pattern: '${config.team.names[0]}-${name}' }\n  one-bucket:team: { names: [red] }",
      name: /^red-bucket$/,
    },
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

  it("autonaming: disabled refuses a resource without a name", async () => {
    const { status, stdout } = await preview("config:\n  pulumi:autonaming: { mode: disabled }\n");
    assert.equal(status, 3);
    assert.match(stdout, /automatic naming is disabled but no explicit name was provided; set `bucket`/);
  });

  it("refuses unreadable settings, all at once", async () => {
    const { status, stderr } = await preview(
      [
        "config:",
        "  pulumi:disable-default-providers: aws",
        "  pulumi:autonaming: { mode: literal, enforce: true, patern: x, providers: { aws: { resources: { t: {} } }, gcp: { pattern: 5, resources: [] } } }",
      ].join("\n"),
    );
    assert.equal(status, 2);
    for (const part of [
      'pulumi:disable-default-providers is the string "aws"; it must be a list of packages',
      "pulumi:autonaming has no field patern; it can have mode, pattern, enforce, providers",
      "pulumi:autonaming has mode together with pattern or enforce",
      'pulumi:autonaming.mode is the string "literal"; it must be one of default, verbatim, disabled',
      "pulumi:autonaming.providers.aws.resources.t has neither mode nor pattern",
      "pulumi:autonaming.providers.gcp.pattern is the number 5; it must be a string",
      "pulumi:autonaming.providers.gcp.resources is a list; it must be a mapping",
    ])
      assert.ok(stderr.includes(part), `${part}\nis missing in\n${stderr}`);
  });

  describe("Pulumi ESC environments", () => {
    const imports = "environment: [shop/base, shop/dev]\nconfig: { 'one-bucket:size': { max: 2 } }\n";
    const answers = (environments: object): string => {
      const file = join(dir, "answers.json");
      writeFileSync(file, JSON.stringify({ environments }));
      return file;
    };

    it("are refused by name, with the alternatives", async () => {
      const { status, stderr } = await preview(imports);
      assert.equal(status, 2);
      assert.match(stderr, /environments shop\/base, shop\/dev, which.* --answers FILE.* --config-file FILE/);
    });

    it("get their values from --answers: later environments first, and the stack file before all", async () => {
      const file = answers({
        "shop/base": { pulumiConfig: { size: { min: 1, max: 1 }, "aws:region": "eu-west-1" } },
        "shop/dev": {
          pulumiConfig: { "aws:region": "eu-north-1", token: { "fn::secret": "hunter2" } },
          environmentVariables: { SHOP: "open" },
        },
      });
      writeFileSync(join(dir, "Pulumi.dev.yaml"), imports);
      const config = StackConfig.read(
        readProject(fixture("one-bucket")),
        "dev",
        join(dir, "Pulumi.dev.yaml"),
        readAnswers(file).environments,
      );
      assert.deepEqual(Object.fromEntries(config.entries()), {
        "one-bucket:size": '{"max":2,"min":1}',
        "aws:region": "eu-north-1",
        "one-bucket:token": "hunter2",
      });
      assert.deepEqual(config.secretKeys(), ["one-bucket:token"]);
      assert.deepEqual(config.secretTexts, ["hunter2"]);
      assert.deepEqual(config.variables, { SHOP: "open" });
    });

    it("are refused in --answers if they have another form", async () => {
      const { status, stderr } = await preview(imports, "--answers", answers({ "shop/dev": { config: {} } }));
      assert.equal(status, 2);
      assert.match(stderr, /environments\["shop\/dev"\] must be \{ "pulumiConfig"/);
    });
  });

  /** Files that are valid but look like mistakes: Pulumi.yaml, the stack file, and the message. */
  const slips: readonly (readonly [project: string, stack: string, says: RegExp])[] = [
    ["", "confg:\n  a: 1\nconfig: {}\n", /stack file .*: confg is ignored/],
    ["cofnig: {}\n", "", /project file .*: cofnig is ignored; .*Did you mean config\?/],
    ["plugins: { providers: [] }\n", "", /project file .*: its plugins aren't run/],
    [
      "",
      "config: { webstore:size: 3 }\n",
      /webstore:size is not this project's; did you mean web-store:size\?/,
    ],
    [
      "config: { size: 1 }\n",
      "config: { shop:size: 3 }\n",
      /shop:size is not this project's; did you mean web-store:size\?/,
    ],
  ];
  for (const [project, stack, says] of slips) {
    it(`warns: ${String(says)}`, () => {
      writeFileSync(join(dir, "Pulumi.yaml"), `name: web-store\nruntime: nodejs\n${project}`);
      writeFileSync(join(dir, "Pulumi.dev.yaml"), stack);
      const { warnings } = StackConfig.read(readProject(dir), "dev", join(dir, "Pulumi.dev.yaml"));
      assert.match(warnings.join("\n"), says);
    });
  }

  it("says nothing about a provider's namespace that resembles the project's name", () => {
    writeFileSync(join(dir, "Pulumi.yaml"), "name: aws1\nruntime: nodejs\n");
    writeFileSync(join(dir, "Pulumi.dev.yaml"), "config: { aws:region: eu-west-1 }\n");
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
    const { warnings } = StackConfig.read(readProject(dir), "dev", join(dir, "Pulumi.dev.yaml"));
    assert.deepEqual(warnings, []);
  });
});
