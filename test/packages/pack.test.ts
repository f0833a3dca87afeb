import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { runAction } from "../support/action";
import { endOf, ROOT, type Run } from "../support/rehearse";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const RESVG = "@resvg/resvg-js";

/** A program with a listener on an existing load balancer, encrypted or not depending on the stack. */
const PROGRAM = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const balancer = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
const targets = new aws.lb.TargetGroup("shop", {
  port: 443,
  protocol: "HTTPS",
  vpcId: "vpc-0a1b2c3d4e5f60718",
  deregistrationDelay: 60,
  healthCheck: { protocol: "HTTPS", path: "/healthz", matcher: "200", interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 2 },
});
const forward = { type: "forward", targetGroupArn: targets.arn };
if (new pulumi.Config().requireBoolean("https"))
  new aws.lb.Listener("https", {
    loadBalancerArn: balancer,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    defaultActions: [forward],
  });
else new aws.lb.Listener("http", { loadBalancerArn: balancer, port: 80, protocol: "HTTP", defaultActions: [forward] });
`;

describe("Both packages, packed and installed beside a separate program", () => {
  const folder = mkdtempSync(join(tmpdir(), "own-program-"));
  const installed = (name: string): string => join(folder, "node_modules", "@web-store", name);
  const run = (command: string, ...args: string[]): Promise<Run> =>
    endOf(spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }));
  const rehearse = (...args: string[]): Promise<Run> =>
    run(join(folder, "node_modules", ".bin", "rehearse"), ...args);
  const npm = async (...args: string[]): Promise<void> => {
    const { status, stderr } = await run("npm", ...args);
    assert.equal(status, 0, stderr);
  };
  const manifest = (path: string): Manifest => JSON.parse(readFileSync(path, "utf8")) as Manifest;

  before(async () => {
    const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    write("Pulumi.dev.yaml", "config:\n  aws:region: eu-central-1\n  shop:https: true\n");
    write("Pulumi.plain.yaml", "config:\n  aws:region: eu-central-1\n  shop:https: false\n");
    write("index.js", PROGRAM);
    const sources = ["packages/rehearse", "policies"].map((path) => join(ROOT, path));
    const manifests = sources.map((source) => manifest(join(source, "package.json")));
    const aws = manifest(join(ROOT, "node_modules", "@pulumi", "aws", "package.json")).version;
    write("package.json", JSON.stringify({ main: "index.js", dependencies: { "@pulumi/aws": aws } }));
    // Links only the packages that the manifests declare: npm uses a matching version from there, and contacts no
    // registry.
    const declared = manifests.flatMap(({ dependencies, peerDependencies }) => [
      ...Object.keys(dependencies),
      ...Object.keys(peerDependencies),
    ]);
    for (const name of new Set([...declared, "@pulumi/aws"])) {
      mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
      symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), "junction");
    }
    await npm("pack", ...sources, "--pack-destination", folder);
    const tarballs = manifests.map(
      ({ name, version }) => `./${name.replace("@", "").replace("/", "-")}-${version}.tgz`,
    );
    await npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", ...tarballs);
    // An optional peer, which npm leaves to the program.
    symlinkSync(join(ROOT, "node_modules", RESVG), join(folder, "node_modules", RESVG), "junction");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("pass a compliant program", async () => {
    const { status, stdout, stderr } = await run(
      "npx",
      "--no",
      "rehearse",
      "dev",
      "--json",
      "--report",
      "out",
    );
    assert.equal(status, 0, stdout + stderr);
    assert.deepEqual(readdirSync(join(folder, "out")).sort(), [
      "dev-architecture.png",
      "dev-architecture.svg",
      "index.html",
      "report.md",
    ]);
    const { stacks } = JSON.parse(stdout) as { stacks: { resources: { type: string }[] }[] };
    assert.ok(stacks[0]?.resources.some(({ type }) => type === "aws:lb/listener:Listener"));
  });

  it("judge a program without packages with the pack beside the rehearsal", async () => {
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(join(elsewhere, "node_modules"), { recursive: true });
    symlinkSync(
      join(ROOT, "node_modules", "@pulumi"),
      join(elsewhere, "node_modules", "@pulumi"),
      "junction",
    );
    for (const file of ["Pulumi.yaml", "Pulumi.plain.yaml", "index.js", "package.json"])
      copyFileSync(join(folder, file), join(elsewhere, file));
    const { status, stdout, stderr } = await rehearse("--program", elsewhere);
    assert.equal(status, 1, stdout + stderr);
    assert.match(stdout, /✗ web-store@[^]*tls-listeners/);
  });

  it("list what they bundle, with licenses", () => {
    const notice = readFileSync(join(installed("rehearse"), "dist", "THIRD-PARTY.txt"), "utf8");
    assert.match(
      notice,
      /^echarts \d[^]*Apache License[^]*^elkjs \d[^]*Eclipse Public License[^]*^hono \d[^]*MIT License/m,
    );
  });

  it("are used by the action, refuse a plain HTTP listener, and state what the report requires for PNG", async () => {
    rmSync(join(folder, "node_modules", RESVG));
    const inputs = { stacks: "plain", against: "", comment: "false", report: "true" };
    const { succeeded, outputs, log } = await runAction(folder, inputs, { token: "", event: {} }, {});
    assert.equal(succeeded, false, log);
    assert.equal(outputs["verdict"], "refused", log);
    assert.doesNotMatch(log, /packages\/rehearse/);
    assert.match(log, /tls-listeners/);
    assert.match(log, /the pictures are SVG only: for PNG, install @resvg\/resvg-js beside rehearse/);
    const { report = "" } = outputs;
    assert.match(readFileSync(join(report, "index.html"), "utf8"), /Refused/);
    assert.ok(existsSync(join(report, "plain-architecture.svg")));
    assert.ok(!existsSync(join(report, "plain-architecture.png")));
  });

  for (const name of ["rehearse", "policies"])
    it(`${name} declares every package that it imports, has types, and contains no sources`, () => {
      const files = readdirSync(installed(name), { recursive: true, encoding: "utf8" });
      const scripts = files.filter((file) => /\.c?js$/.test(file));
      const imported = scripts.flatMap((file) =>
        [
          ...readFileSync(join(installed(name), file), "utf8").matchAll(
            // Not those inside strings, from which ajv generates code.
            /(?<![\w.'`])require\("([^".][^"]*)"\)/g,
          ),
        ].map(([, request = ""]) => (request.match(/^(@[^/]+\/)?[^/]+/) ?? [request])[0]),
      );
      const { name: own, dependencies, peerDependencies } = manifest(join(installed(name), "package.json"));
      // bin.cjs loads it beside sources, which the package doesn't have.
      const beside = "yaml";
      const known = [
        own,
        beside,
        ...Object.keys(dependencies),
        ...Object.keys(peerDependencies),
        ...builtinModules,
      ];
      assert.deepEqual(
        imported.filter((request) => !request.startsWith("node:") && !known.includes(request)),
        [],
      );
      assert.ok(imported.length > 5);
      assert.ok(files.some((file) => file.endsWith(".d.ts")));
      assert.deepEqual(
        files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts")),
        [],
      );
    });
});
