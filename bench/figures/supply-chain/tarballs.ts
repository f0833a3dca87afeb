import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "../../../test/support/rehearse";
import { run as runCommand } from "../../../tools/cli/command";
import { type Figure, NotMeasured } from "../part";
import { isPermissive } from "./licences";

const NONE = { unit: "", goal: { atMost: 0 } };

/**
 * Packs packages in two clones, at paths with different names, and at different times.
 *
 * @param packages - their folders
 * @param faults - collects the faults
 */
export async function packTwice(
  packages: readonly string[],
  log: (progress: string) => void,
  faults: string[],
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "figures-pack-"));
  try {
    const sums: string[][] = [];
    let bundled: string[] = [];
    for (const clone of ["one", join("another", "place")].map((name) => join(folder, name))) {
      log(`packing the packages in ${clone}`);
      await runCommand("git", ["clone", "--quiet", ROOT, clone]);
      await copyPackages(join(clone, "node_modules"));
      for (const name of readdirSync(clone))
        utimesSync(join(clone, name), 1e9 * (sums.length + 1), 1e9 * (sums.length + 1));
      sums.push(await Promise.all(packages.map((path) => packed(join(clone, path)))));
      bundled = (
        await Promise.all(packages.map((path) => bundledIn(tarballIn(join(clone, path)) ?? "")))
      ).flat();
    }
    const [first = [], second = []] = sums;
    const differ = packages.filter((_, index) => first[index] !== second[index]);
    for (const path of differ) faults.push(`${path} isn't the same bytes when it is packed twice`);
    const restrictive = bundled.filter((one) => !isPermissive(/\((.+)\)/.exec(one)?.[1] ?? ""));
    for (const one of restrictive) faults.push(`${one} is bundled, and its licence isn't on the list`);
    return [
      {
        what: "bundled packages whose licence isn't permissive",
        value: restrictive.length,
        ...NONE,
        of: bundled.length,
      },
      {
        what: "tarballs that differ when they are built at another path and time",
        value: differ.length,
        ...NONE,
        of: packages.length,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies the installed packages, because bundles contain the paths of their files. */
async function copyPackages(folder: string): Promise<void> {
  const links = await runCommand("cp", ["-al", join(ROOT, "node_modules"), folder]);
  if (links.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  await runCommand("cp", ["-a", join(ROOT, "node_modules"), folder]);
}

/** The packages that a tarball bundles, in addition to its own files: `name version (licence)`. */
async function bundledIn(tarball: string): Promise<string[]> {
  const { stdout } = await runCommand("tar", ["-xzOf", tarball, "package/dist/THIRD-PARTY.txt"]);
  return stdout.match(/^\S+ \d+\.\d+\.\d+\S* \(.+\)(?= |$)/gm) ?? [];
}

async function packed(folder: string): Promise<string> {
  const { status, stderr } = await runCommand("npm", [
    "--prefix",
    folder,
    "pack",
    folder,
    "--pack-destination",
    folder,
  ]);
  const tarball = tarballIn(folder);
  if (status !== 0 || tarball === undefined)
    throw new NotMeasured(`npm pack in ${folder}: ${stderr.slice(-500)}`);
  return createHash("sha256").update(readFileSync(tarball)).digest("hex");
}

function tarballIn(folder: string): string | undefined {
  const [name] = readdirSync(folder).filter((one) => one.endsWith(".tgz"));
  return name === undefined ? undefined : join(folder, name);
}
