import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pathOf } from "../../test/support/programs";
import { ROOT } from "../../test/support/rehearse";
import { type Pulumi, withTrueEngine } from "../../test/support/true-engine";
import { installNodePackages } from "../policies/install";
import { median } from "../policies/print";
import { type Figure, type Measured, type Measurement, NotMeasured, type Part } from "./part";

/** A folder with a program, and the policy packs that judge it. */
interface Side {
  readonly name: string;
  readonly program: string;
  readonly packs: readonly string[];
}

const STACK = "dev";
const PACK = join(ROOT, "policies");
const AWSGUARD = join(ROOT, "bench", "policies", "awsguard");

/** Measures the time of the real `pulumi preview`. */
export const cli: Part = {
  name: "cli",
  claims:
    "`pulumi preview` of the store starts no slower than a program of `@pulumi/awsx` with as many " +
    "resources.",
  judge:
    "the real Pulumi CLI and engine, with a stand-in for AWS that answers both programs. The other program " +
    "follows Pulumi's template: a VPC and a load balancer of `@pulumi/awsx`, and plain resources until it " +
    "has as many as the store. It is measured with its types checked, and loaded the way the store is",
  count: 5,
  counted: "rounds",
  measure,
};

async function measure({ count, log, signal }: Measurement): Promise<Measured> {
  if (pathOf("pulumi") === undefined) throw new NotMeasured("there is no pulumi on PATH");
  installNodePackages();
  const folder = mkdtempSync(join(tmpdir(), "figures-cli-"));
  try {
    const size = await previewed({ name: "store", program: ROOT, packs: [] });
    const [template, likeOurs] = [join(folder, "template"), join(folder, "like-ours")];
    const least = await previewed({ name: "awsx", program: awsxProgram(likeOurs, 0, BY_TSX), packs: [] });
    awsxProgram(template, size.resources - least.resources, BY_TEMPLATE);
    awsxProgram(likeOurs, size.resources - least.resources, BY_TSX);
    const sides: readonly Side[] = [
      { name: "store", program: ROOT, packs: [] },
      { name: "awsx", program: template, packs: [] },
      { name: "awsx by tsx", program: likeOurs, packs: [] },
      { name: "store and pack", program: ROOT, packs: [PACK] },
      { name: "store and AWSGuard", program: ROOT, packs: [AWSGUARD] },
    ];
    const seconds = new Map(sides.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round < count && !signal.aborted; round++)
      for (const side of sides) {
        log(`round ${round + 1} of ${count}: ${side.name}`);
        seconds.get(side.name)?.push((await previewed(side)).seconds);
      }
    const of = (name: string): readonly number[] => seconds.get(name) ?? [];
    const ratio = (one: readonly number[], other: readonly number[]): number =>
      median(other.map((value, round) => (one[round] ?? NaN) / value));
    const added = (name: string): number[] =>
      of(name).map((value, round) => value - (of("store")[round] ?? NaN));
    const told = (what: string, value: number, unit: string, goal?: Figure["goal"]): Figure => ({
      what,
      value: Math.round(value * 100) / 100,
      unit,
      of: of("store").length,
      ...(goal && { goal }),
    });
    return {
      figures: [
        { what: "resources of each program", value: size.resources, unit: "" },
        told("preview of the store, median", median(of("store")), "s"),
        told("preview of the awsx program, median", median(of("awsx")), "s"),
        told("preview of the awsx program without type checking, median", median(of("awsx by tsx")), "s"),
        told("the store's time, relative to the awsx program", ratio(of("store"), of("awsx")), "", {
          atMost: 1,
        }),
        told(
          "the store's time, relative to the awsx program without type checking",
          ratio(of("store"), of("awsx by tsx")),
          "",
        ),
        told("time that our pack adds to a preview, median", median(added("store and pack")), "s"),
        told("time that AWSGuard adds to a preview, median", median(added("store and AWSGuard")), "s"),
      ],
      faults: [],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runtimes in Pulumi.yaml: ts-node, which checks types, and the store's own runtime. */
const BY_TEMPLATE = "nodejs";
const BY_TSX = "{ name: nodejs, options: { typescript: false, nodeargs: --require tsx/cjs } }";

/** Writes an awsx program with additional topics. */
function awsxProgram(folder: string, topics: number, runtime: string): string {
  const files = {
    "Pulumi.yaml": `name: awsx\nruntime: ${runtime}\n`,
    [`Pulumi.${STACK}.yaml`]: "config:\n  aws:region: eu-west-1\n",
    "package.json": '{ "name": "awsx", "main": "index.ts" }\n',
    "tsconfig.json": JSON.stringify({
      compilerOptions: { target: "es2020", module: "commonjs", moduleResolution: "node", strict: true },
      files: ["index.ts"],
    }),
    "index.ts": `import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";

const vpc = new awsx.ec2.Vpc("shop", { numberOfAvailabilityZones: 2 });
const balancer = new awsx.lb.ApplicationLoadBalancer("shop", { subnetIds: vpc.publicSubnetIds });
for (let topic = 0; topic < ${topics}; topic++) new aws.sns.Topic(\`topic-\${topic}\`, { displayName: "Orders" });

export const url = balancer.loadBalancer.dnsName;
`,
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(ROOT, "node_modules"), modules, "junction");
  return folder;
}

/** Previews a new stack, and returns the CLI's time and the number of resources that it would create. */
function previewed({ program, packs }: Side): Promise<{ seconds: number; resources: number }> {
  return withTrueEngine({ program }, async (pulumi, folder) => {
    const config = join(folder, `Pulumi.${STACK}.yaml`);
    const own = join(program, `Pulumi.${STACK}.yaml`);
    copyFileSync(own, config);
    const common = ["--stack", STACK, "--cwd", program];
    await done(pulumi, "stack", "init", STACK, "--no-select", "--cwd", program);
    copyFileSync(config, own); // The CLI writes the stack's salt into the file.
    const started = performance.now();
    const stdout = await done(
      pulumi,
      "preview",
      "--json",
      ...common,
      "--config-file",
      config,
      "--skip-plugin-pre-install",
      ...packs.flatMap((pack) => ["--policy-pack", pack]),
    );
    const seconds = (performance.now() - started) / 1000;
    const { changeSummary } = JSON.parse(stdout) as { readonly changeSummary: { readonly create: number } };
    return { seconds, resources: changeSummary.create };
  });
}

async function done(pulumi: Pulumi, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await pulumi(...args);
  // AWSGuard refuses the store for requirements that do not apply here. It judges all of it, so the time counts.
  if (exitCode !== 0 && !args.includes(AWSGUARD))
    throw new Error(`pulumi ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  return stdout;
}
