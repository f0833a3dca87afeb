// What run-policy-pack starts. It would type-check a TypeScript pack at every start, which takes seconds; esbuild only
// strips the types (`npm run check` does the checking), of all files at once.
const { join } = require("node:path");
const { buildSync } = require("esbuild");

loadWhenUsed("@npmcli/arborist");

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

/**
 * Puts off loading a dependency of the Pulumi SDK until something reads from it. Loading this one is a third of
 * the time a pack takes to start, and only serialising functions into cloud resources uses it, which a policy
 * pack never does.
 */
function loadWhenUsed(name) {
  let filename;
  try {
    filename = require.resolve(name, { paths: [require.resolve("@pulumi/pulumi/package.json")] });
  } catch {
    return; // This SDK does without it.
  }
  const load = () => {
    if (require.cache[filename] === standIn) delete require.cache[filename];
    return require(filename);
  };
  const exports = new Proxy({}, { get: (_, key) => (key === "__esModule" ? true : load()[key]) });
  const standIn = { id: filename, filename, loaded: true, exports };
  require.cache[filename] = standIn;
}
