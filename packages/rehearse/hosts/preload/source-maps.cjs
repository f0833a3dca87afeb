// A TypeScript loader passes code to Node with an inline source map. The SDK's mapper, which prints stack traces,
// searches the file on disk, which has no map: this passes it the compiled code.
const Module = require("node:module");

/** The compiled code, by file. */
const compiled = new Map();

/** Records the code, whatever else compiles it from now on. */
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
