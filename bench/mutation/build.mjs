// Strips the types of the sources in the working directory, each file beside its source. tsx would do so in each process
// anew, and a mutant of what is read at load time takes a process of its own.
import { buildSync } from "esbuild";
import { readdirSync } from "node:fs";
import { join } from "node:path";

buildSync({
  entryPoints: ["policies", "stacks", "test", "tools"].flatMap(sourcesIn),
  outdir: ".",
  outbase: ".",
  format: "cjs",
  platform: "node",
  logLevel: "warning",
});

function sourcesIn(folder) {
  const entries = readdirSync(folder, { recursive: true });
  return entries.filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
}
