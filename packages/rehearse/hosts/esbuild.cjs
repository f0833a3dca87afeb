// tsx's own esbuild: a child has its TypeScript transpiled by the rehearsal only if both have the same version.
const { dirname } = require("node:path");

module.exports = require(
  require.resolve("esbuild", { paths: [dirname(require.resolve("tsx/package.json"))] }),
);
