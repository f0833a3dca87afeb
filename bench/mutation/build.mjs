// Strips the types of the sources in the working directory, and writes each file beside its source. Otherwise tsx does
// so again in each process, and a mutant in code that runs at load time needs its own process.
import { buildSync } from "esbuild";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

buildSync({
  entryPoints: ["components", "packages", "policies", "stacks", "test", "tools"].flatMap(sourcesIn),
  outdir: ".",
  outbase: ".",
  format: "cjs",
  platform: "node",
  logLevel: "warning",
});

// The manifest selects which of the two files is a program's entry point.
const fixtures = readdirSync("test/fixtures").map((name) => `test/fixtures/${name}/package.json`);
for (const manifest of ["package.json", ...fixtures.filter(existsSync)]) {
  const text = readFileSync(manifest, "utf8");
  writeFileSync(manifest, text.replace(/("main": ".*)\.ts"/, '$1.js"'));
}

function sourcesIn(folder) {
  const entries = readdirSync(folder, { recursive: true });
  return entries.filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
}
