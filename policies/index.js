// What run-policy-pack starts. It would type-check a TypeScript pack at every start, which takes seconds; tsx only
// strips the types (`npm run check` does the checking).
require("tsx/cjs");
loadWhenUsed("@npmcli/arborist");
require("./index.ts");

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
