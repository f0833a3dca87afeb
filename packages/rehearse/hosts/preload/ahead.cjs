// Under `--watch`: while a program waits for a save, the modules that it loaded the last time are compiled, and where they
// import each other from is found out. Nothing of it is run. The rehearsal ends what waits if files have come or gone.
const Module = require("node:module");
const { dirname, join } = require("node:path");

/** Of one another; some are in comments. */
const IMPORTS = /\brequire\(["'](\.[^"']*)["']\)/g;

/**
 * Prepares a program's own modules.
 *
 * @param files - those that it loaded the last time: the rehearsal watches what would be found in their place
 * @param compile - compiles a file, and returns its code; undefined if nothing is kept of it
 */
module.exports = function prepareOwn(files, compile) {
  const resolve = Module._resolveFilename;
  /** Where imports lead, by importer. */
  const found = new Map();
  const known = new Set(files);
  for (const file of files) found.set(file, new Map(importsOf(file)));

  function* importsOf(file) {
    const module = Object.assign(new Module(file), { filename: file, path: dirname(file), paths: [] });
    try {
      for (const [, path] of (compile(file) ?? "").matchAll(IMPORTS)) {
        const imported = resolve.call(Module, path, module, false);
        // Where a link leads nobody watches.
        if (known.has(imported) && imported.startsWith(join(module.path, path))) yield [path, imported];
      }
    } catch {
      // The program meets the same fault, if it still asks for it.
    }
  }

  Module._resolveFilename = function (request, importer, ...rest) {
    const known = rest[1] === undefined ? found.get(importer?.filename)?.get(request) : undefined;
    return known ?? resolve.call(this, request, importer, ...rest);
  };
};
