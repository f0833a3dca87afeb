import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { pack, programOf, rehearseWarm, rehearseJson, ROOT, type Run } from "../support/rehearse";

const TYPE = "awsx:ecr:Repository";

describe("a component whose children the rehearsal does not know", () => {
  const program = programOf(
    'const awsx = require("@pulumi/awsx"); new awsx.ecr.Repository("images"); new awsx.ecr.Repository("tools");',
  );
  const args = ["dev", "--program", program, "--policy-pack", pack("allows")];
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "unjudged-"))));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string): string => join(folder, name);
  const contentOf = (name: string): string => readFileSync(file(name), "utf8");

  it("makes the verdict not allowed, and stops no update", async () => {
    const { status, stdout } = await rehearseWarm([...args, "--mode", "both"]);
    assert.equal(status, 1);
    const named = `not allowed (0 mandatory, 0 advisory); not judged: ${TYPE} images, ${TYPE} tools`;
    assert.ok(stdout.startsWith(`Rehearsed dev (shop, preview): ${named}\n`), stdout);
    assert.ok(stdout.includes(`Rehearsed dev (shop, up): ${named}\n`), stdout);
    assert.ok(stdout.includes(`--allow-unjudged ${TYPE}`), stdout);
  });

  it("is in every report, and marked if it is allowed", async () => {
    const files = ["--sarif", file("sarif"), "--junit", file("junit")];
    const more = [...files, "--export", file("export"), "--against", file("export")];
    const write = (...options: string[]): Promise<Run> => rehearseWarm([...args, ...options, "--json"]);
    assert.equal((await write("--export", file("export"))).status, 1);
    const found = await write(...more, "--markdown", file("comment"));
    assert.equal(found.status, 1);
    const [stack] = (JSON.parse(found.stdout) as { stacks: { unjudged: unknown }[] }).stacks;
    const urn = (name: string): string => `urn:pulumi:dev::shop::${TYPE}::${name}`;
    const unjudged = ["images", "tools"].map((name) => ({
      urn: urn(name),
      type: TYPE,
      name,
      allowed: false,
    }));
    assert.deepEqual(stack?.unjudged, unjudged);
    const { runs } = JSON.parse(contentOf("sarif")) as {
      runs: { results: { ruleId: string; level: string; message: { text: string } }[] }[];
    };
    const results = runs.flatMap((run) => run.results);
    assert.deepEqual(
      results.map(({ ruleId, level }) => [ruleId, level]),
      [1, 2].map(() => ["not-judged", "error"]),
    );
    assert.match(
      results[0]?.message.text ?? "",
      /^dev \(preview\): awsx:ecr:Repository images is not judged/,
    );
    assert.match(contentOf("junit"), /<testcase [^>]*name="not judged: images"[^>]*>\s*<failure /);
    assert.match(contentOf("comment"), /#### dev: ❌ not allowed\n/);
    assert.match(contentOf("comment"), /\*\*Not judged\*\*.*awsx:ecr:Repository images/);
  });

  it("passes if its type is allowed, and is still named", async () => {
    const { status, stdout } = await rehearseWarm([
      ...args,
      "--allow-unjudged",
      TYPE,
      "--junit",
      file("junit"),
    ]);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /: allowed \(0 mandatory, 0 advisory\); not judged: awsx:ecr:Repository images,/);
    assert.doesNotMatch(contentOf("junit"), /<failure /);
  });

  it("is not allowed by another type; an invalid type is a usage error", async () => {
    assert.equal((await rehearseWarm([...args, "--allow-unjudged", "awsx:ecr:Image"])).status, 1);
    const { status, stderr } = await rehearseWarm([...args, "--allow-unjudged", "ecr"]);
    assert.deepEqual([status, /--allow-unjudged is "ecr"; it must be the type/.test(stderr)], [2, true]);
  });

  it("has its resource outputs, whose AWS-computed properties are known in an update", async () => {
    const service = programOf(
      `const awsx = require("@pulumi/awsx");
      const web = new awsx.ecs.FargateService("web", { cluster: "c", taskDefinition: "t", desiredCount: 1 });
      exports.type = web.service.apply((service) => service.constructor.__pulumiType);
      exports.name = web.service.apply((service) => service.name);
      exports.role = new awsx.ecs.FargateTaskDefinition("t", {}).taskRole.apply((role) => role.arn);`,
    );
    const run = await rehearseJson(["dev", "--program", service, ...args.slice(3), "--mode", "both"]);
    assert.equal(run.status, 1, run.stderr);
    const [preview, up] = [run.graph("preview").stack.outputs, run.graph("up").stack.outputs];
    const unknown = { unknown: true };
    assert.deepEqual(preview, { type: "aws:ecs/service:Service", name: unknown, role: unknown });
    assert.equal(up["type"], preview["type"]);
    assert.match(String(up["name"]), /^web-service/);
    assert.match(String(up["role"]), /^arn:aws:iam::123456789012:role\//);
  });

  it("answers its methods as its SDK declares them", async () => {
    const dir = file("methods");
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
    };
    const of = "node_modules/@pulumi/shop";
    write(`${of}/package.json`, '{ "name": "@pulumi/shop", "version": "1.0.0", "main": "till.js" }');
    write(`${of}/till.js`, "");
    write(
      `${of}/till.d.ts`,
      "export declare namespace Till {\n    interface OpenResult {\n        readonly drawers: number;\n        readonly key: string;\n    }\n}\n",
    );
    write("Pulumi.yaml", "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n");
    write("Pulumi.dev.yaml", "config: {}\n");
    write("package.json", '{ "name": "shop", "main": "index.js" }');
    write(
      "index.js",
      `const { ComponentResource, runtime } = require("@pulumi/pulumi");
      const till = new ComponentResource("shop:index:Till", "till", {}, {}, true);
      const opened = runtime.call("shop:index:Till/open", { __self__: till }, till);
      exports.drawers = opened.drawers;
      exports.key = opened.key;`,
    );
    symlinkSync(join(ROOT, "node_modules/@pulumi/pulumi"), join(dir, "node_modules/@pulumi/pulumi"));
    const run = await rehearseJson(["dev", "--program", dir, ...args.slice(3), "--mode", "both"]);
    const unknown = { unknown: true };
    assert.deepEqual(run.graph("preview").stack.outputs, { drawers: unknown, key: unknown });
    const { drawers, key } = run.graph("up").stack.outputs;
    assert.equal(drawers, 0);
    assert.match(String(key), /^key-/);
  });

  it("is not mentioned in a verdict without one", async () => {
    const run = await rehearseJson([...args.slice(0, 1), "--program", programOf(""), ...args.slice(3)]);
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(run.graph("preview").stack.unjudged, []);
  });
});
