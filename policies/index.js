// What run-policy-pack starts: the sources in the repository, else what was built of them.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

loadWhenUsed("@npmcli/arborist");
require(existsSync(join(__dirname, "index.ts")) ? "./from-sources.cjs" : "./dist/index.js");

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
