// Under `--watch`: while a program waits for a save, this compiles the modules that it loaded the last time, and
// resolves their imports of each other. It runs none of them. If files are added or removed, the rehearsal ends the
// waiting process.
const Module = require("node:module");
const { dirname, join } = require("node:path");

/** Imports of relative paths; some matches are in comments. */
const IMPORTS = /\brequire\(["'](\.[^"']*)["']\)/g;

/**
 * Prepares a program's own modules.
 *
 * @param files - the modules that it loaded the last time: the rehearsal watches the places where other files would
 *   be found instead
 * @param compile - compiles a file and returns its code; undefined if none is cached
 */
module.exports = function prepareOwn(files, compile) {
  const resolve = Module._resolveFilename;
  /** The targets of imports, by importing file. */
  const found = new Map();
  const known = new Set(files);
  for (const file of files) found.set(file, new Map(importsOf(file)));

  function* importsOf(file) {
    const module = Object.assign(new Module(file), { filename: file, path: dirname(file), paths: [] });
    try {
      for (const [, path] of (compile(file) ?? "").matchAll(IMPORTS)) {
        const imported = resolve.call(Module, path, module, false);
        // The target of a link isn't watched.
        if (known.has(imported) && imported.startsWith(join(module.path, path))) yield [path, imported];
      }
    } catch {
      // The program reports the same error if it still imports the file.
    }
  }

  Module._resolveFilename = function (request, importer, ...rest) {
    const known = rest[1] === undefined ? found.get(importer?.filename)?.get(request) : undefined;
    return known ?? resolve.call(this, request, importer, ...rest);
  };
};
