// Builds what a package publishes, at npm's `prepack`: its entry points as one JavaScript file each, and declarations of
// all their modules, in dist/. The entry points are named as arguments; each may import the others from there.
import esbuild from "esbuild";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join, parse } from "node:path";

const root = join(import.meta.dirname, "..");
const entries = process.argv.slice(2);
rmSync("dist", { recursive: true, force: true });
cpSync(join(root, "LICENSE"), "dist/LICENSE");

for (const entry of entries) {
  await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    packages: "external",
    external: entries.filter((other) => other !== entry).map((other) => `./${parse(other).name}`),
    outdir: "dist",
    logLevel: "warning",
  });
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
