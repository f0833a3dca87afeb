import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../../test/support/rehearse";
import { run as runCommand } from "../../tools/cli/command";
import { type Figure, type Measured, type Measurement, NotMeasured, type Part } from "./part";
import { isPermissive } from "./supply-chain/licences";
import { packTwice } from "./supply-chain/tarballs";

export const supplyChain: Part = {
  name: "supply-chain",
  claims:
    "The two packages have few dependencies, all pinned and permissively licensed, and none runs code at " +
    "installation. The tests need no network. A tarball has the same bytes wherever and whenever it is " +
    "built.",
  judge:
    "npm's own list of components (`npm sbom`, CycloneDX), the lockfile, Linux's network namespaces " +
    "(`unshare --net`, which has loopback only), and SHA-256 of `npm pack` in two clones with different " +
    "paths and times.",
  count: 0,
  counted: "",
  measure,
};

const PACKAGES = ["packages/rehearse", "policies"];

/** Test files that rehearse, judge, and serve; each takes seconds. */
const OFFLINE = [
  "rehearse/config",
  "rehearse/several",
  "rehearse/report-files",
  "policies/catalog",
  "app/shop",
  "balance/balance",
];

interface Component {
  readonly name: string;
  readonly version: string;
  readonly scope?: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

async function measure({ log }: Measurement): Promise<Measured> {
  const faults: string[] = [];
  const figures = [
    ...(await components(log, faults)),
    ...pinned(faults),
    ...(await offline(log, faults)),
    ...(await packTwice(PACKAGES, log, faults)),
  ];
  return { figures, faults };
}

async function components(log: (progress: string) => void, faults: string[]): Promise<Figure[]> {
  log("listing the components with npm");
  const { stdout, stderr } = await runCommand("npm", [
    "--prefix",
    ROOT,
    "sbom",
    "--sbom-format",
    "cyclonedx",
  ]);
  if (stdout === "") throw new NotMeasured(`npm sbom: ${stderr.slice(-300)}`);
  const all = (JSON.parse(stdout) as { readonly components: readonly Component[] }).components;
  // Packages that are installed only for building and testing are neither run nor distributed.
  const isRun = new Set(
    lockEntries()
      .filter(([, { dev }]) => dev !== true)
      .map(([path, { version }]) => `${path.replace(/.*node_modules\//, "")} ${version}`),
  );
  const runs = ({ name, version }: Component): boolean => isRun.has(`${name} ${version}`);
  const licensed = all.map((one) => ({ ...one, licence: licenceOf(one) }));
  const others = licensed.filter(({ licence }) => !isPermissive(licence));
  const run = licensed.filter(runs);
  const bad = others.filter(runs);
  for (const { name, version, licence } of bad)
    faults.push(`${name} ${version} is licensed under "${licence}", which isn't on the list`);
  return [
    { what: "components in total, according to npm's SBOM", value: all.length, unit: "" },
    { what: "of these only for building and testing", value: all.length - run.length, unit: "" },
    { what: "runtime components whose licence isn't permissive", value: bad.length, ...NONE, of: run.length },
    {
      what: "build and test components whose licence isn't permissive",
      value: others.length - bad.length,
      unit: "",
      of: all.length - run.length,
    },
    ...PACKAGES.map((path) => {
      const { name, dependencies } = manifest(path);
      const value = Object.keys(dependencies).length;
      return { what: `runtime dependencies of \`${name}\`, without its peers`, value, unit: "" };
    }),
  ];
}

const NONE = { unit: "", goal: { atMost: 0 } };

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** All installed packages, by path. */
function lockEntries(): [string, Locked][] {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages).filter(
    ([path, { link }]) => path.includes("node_modules/") && link !== true,
  );
}

function licenceOf({ name, licenses = [] }: Component): string {
  const told = licenses
    .map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? "")
    .join(" AND ");
  const [, file] = /^SEE LICEN[CS]E IN (\S+)$/.exec(told) ?? [];
  if (file !== undefined) {
    const text = readFileSync(join(ROOT, "node_modules", name, file), "utf8");
    return text.startsWith("The MIT License (MIT)") ? "MIT" : told;
  }
  if (told !== "") return told;
  // npm's list has no licence for some packages that declare it in an older form.
  const path = join("node_modules", name);
  // The package is for another platform, and not installed.
  if (!existsSync(join(ROOT, path))) return "unknown";
  const { license, licenses: older } = manifest(path) as { license?: unknown; licenses?: unknown };
  return JSON.stringify(license ?? older ?? "none").replaceAll('"', "");
}

function pinned(faults: string[]): Figure[] {
  const installed = lockEntries();
  const loose = installed.filter(([, { integrity }]) => integrity === undefined);
  const { dependencies, devDependencies, allowScripts } = manifest(".");
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(npm:[^@]+@|npm:@[^@]+@)?\d+\.\d+\.\d+$/.test(version),
  );
  const scripts = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path, { name }]) => name ?? path.replace(/.*node_modules\//, ""));
  const undecided = [...new Set(scripts)].filter((name) => allowScripts[name] !== false);
  for (const [path] of loose) faults.push(`${path} has no checksum in package-lock.json`);
  for (const [name, version] of ranges)
    faults.push(`${name} is required as ${version}, which isn't a version`);
  for (const name of undecided) faults.push(`${name} has an install script, and its refusal isn't on record`);
  return [
    {
      what: "installed packages without a checksum",
      value: loose.length,
      unit: "",
      goal: { atMost: 0 },
      of: installed.length,
    },
    {
      what: "dependencies that aren't pinned to a version",
      value: ranges.length,
      unit: "",
      goal: { atMost: 0 },
      of: Object.keys({ ...dependencies, ...devDependencies }).length,
    },
    {
      what: "packages with an install script that isn't refused",
      value: undecided.length,
      unit: "",
      goal: { atMost: 0 },
      of: installed.length,
    },
  ];
}

interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8")) as Manifest;
}

async function offline(log: (progress: string) => void, faults: string[]): Promise<Figure[]> {
  const files = OFFLINE.map((name) => join("test", `${name}.test.ts`));
  log(`${files.length} test files run without a network`);
  const mocha = `ip link set lo up && cd '${ROOT}' && exec node node_modules/mocha/bin/mocha.js --no-parallel ${files.join(" ")}`;
  const { status, stdout, stderr } = await runCommand("unshare", [
    "--net",
    "--map-root-user",
    "sh",
    "-c",
    mocha,
  ]);
  const [, passed = "0", failed = "0"] = /^(\d+) passed, (\d+) failed/m.exec(stdout) ?? [];
  if (passed === "0") throw new NotMeasured(`unshare: ${(stderr + stdout).slice(-500)}`);
  if (status !== 0) faults.push(`tests fail without a network: ${stdout.slice(-1000)}`);
  return [
    {
      what: "tests that fail without a network",
      value: Number(failed),
      unit: "",
      goal: { atMost: 0 },
      of: Number(passed) + Number(failed),
    },
  ];
}
