// Builds what a package publishes, at npm's `prepack`: its entry points as one JavaScript file each, and declarations of
// all their modules, in dist/. The entry points are named as arguments; each may import the others from there. Packages
// that package.json doesn't declare are bundled, with their licences.
import esbuild from "esbuild";
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, parse } from "node:path";

const root = join(import.meta.dirname, "..");
const entries = process.argv.slice(2);
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
// A peer that is needed for the build, too, is bundled: what the program's own is started for goes by processes.
const peers = Object.keys(manifest.peerDependencies).filter((peer) => !(peer in manifest.devDependencies));
const declared = [manifest.name, ...Object.keys(manifest.dependencies), ...peers];
rmSync("dist", { recursive: true, force: true });
cpSync(join(root, "LICENSE"), "dist/LICENSE");

const bundled = new Set();
for (const entry of entries) {
  const others = entries.filter((other) => other !== entry).map((other) => `./${parse(other).name}`);
  const { metafile } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    external: [...declared, ...others],
    outdir: "dist",
    // Names stay, for stack traces.
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  for (const input of Object.keys(metafile.inputs)) {
    const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    if (folder !== undefined) bundled.add(folder);
  }
}
if (bundled.size > 0) writeFileSync("dist/THIRD-PARTY.txt", [...bundled].sort().map(noticeOf).join("\n\n"));

/** What a bundled package asks to go with it: its name, and its licence and notice as they are. */
function noticeOf(folder) {
  const {
    name,
    version,
    license,
    homepage = "",
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && !file.parentPath.includes("node_modules", folder.length))
    .filter(
      (file) =>
        /^(licen[cs]e|notice)(\.(md|txt))?$/i.test(file.name) || basename(file.parentPath) === "licenses",
    )
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8").trim());
  return [`${name} ${version} (${license}) ${homepage}`.trim(), ...texts, ""].join("\n\n");
}

const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
const declarations = {
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  rootDir: ".",
  outDir: "dist",
};
const options = Object.entries({ ...compilerOptions, ...declarations, types: "node", ignoreConfig: true });
const flags = options.flatMap(([option, value]) => [`--${option}`, String(value)]);
const compiler = join(root, "node_modules", "typescript-7", "bin", "tsc");
process.exitCode =
  spawnSync(process.execPath, [compiler, ...flags, ...entries], { stdio: "inherit" }).status ?? 1;
