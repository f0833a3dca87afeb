// A loader of TypeScript hands Node code with its source map inside. The SDK's mapper, which prints the stacks, looks for a
// map in the file itself, where there is none: it is given the code.
const Module = require("node:module");

/** By file: what Node was given. */
const compiled = new Map();

/** From now on, whatever else compiles it. */
exports.noteWhatIsCompiled = () => {
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (code, filename, ...rest) {
    if (/\.[cm]?tsx?$/.test(filename) && !/[\\/]node_modules[\\/]/.test(filename))
      compiled.set(filename, code);
    return compile.call(this, code, filename, ...rest);
  };
};

const load = Module._load;
Module._load = function (request, importer, isMain) {
  const loaded = load.call(this, request, importer, isMain);
  if (request === "source-map-support/register")
    importer.require("source-map-support").install({ retrieveFile: (path) => compiled.get(path) ?? null });
  return loaded;
};
