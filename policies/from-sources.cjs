// Loads the pack in the repository. run-policy-pack would type-check TypeScript at every start, which takes seconds;
// esbuild only strips the types (`npm run check` does the checking), of all files at once.
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const entry = join(__dirname, "index.ts");
const { outputFiles } = buildSync({
  entryPoints: [entry],
  bundle: true,
  packages: "external",
  platform: "node",
  format: "cjs",
  target: `node${process.versions.node}`,
  // Reading the map costs more than the bundling: only a measurement of coverage is worth it.
  sourcemap: process.env.NODE_V8_COVERAGE ? "inline" : false,
  outfile: entry,
  write: false,
  logLevel: "warning",
});
module._compile(outputFiles[0].text, entry);
