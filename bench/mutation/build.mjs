// Strips the types of the sources in the working directory, each file beside its source. tsx would do so in each process
// anew, and a mutant of what is read at load time takes a process of its own.
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

// A program's entry point says which of the two files beside each other it is.
const fixtures = readdirSync("test/fixtures").map((name) => `test/fixtures/${name}/package.json`);
for (const manifest of ["package.json", ...fixtures.filter(existsSync)]) {
  const text = readFileSync(manifest, "utf8");
  writeFileSync(manifest, text.replace(/("main": ".*)\.ts"/, '$1.js"'));
}

function sourcesIn(folder) {
  const entries = readdirSync(folder, { recursive: true });
  return entries.filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
}
