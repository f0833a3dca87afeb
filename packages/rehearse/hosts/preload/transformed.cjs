// tsx transforms each TypeScript file in every process: it looks for the file in its own folder for temporary files, asks
// esbuild, joins source maps. What came out is kept from run to run, beside the compiled code of packages (kept.cjs).
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { Kept, sumOf } = require("./kept.cjs");

/** Endings that only tsx knows. */
const ENDINGS = [".ts", ".tsx"];
const INSTALLED = `${sep}node_modules${sep}`;
/** Of what a module exports by this name, tsx makes all of its exports. */
const WHOLE = '"module.exports"';

/**
 * Keeps what tsx makes of files, if it is the process's only loader of them.
 *
 * @param folder - of the cache
 * @param kind - of the process
 * @returns what reads the code that is kept of a file, before it is asked for; undefined if none ever is
 */
module.exports = function keepTransformed(folder, kind) {
  if (!process.execArgv.some((argument) => /^(--require=)?tsx(\/cjs)?$/.test(argument))) return undefined;
  const settings = settingsOfTsx();
  if (settings === undefined) return undefined;
  const kept = new Kept(folder, `${kind}-transformed`);
  const allOf = (filename) => `${settings} ${process.sourceMapsEnabled} ${readFileSync(filename, "utf8")}`;
  /** By file: all that decides its code, and the code. */
  const ahead = new Map();
  const codeOf = (filename, all) => {
    const [known, code] = ahead.get(filename) ?? [];
    return known === all ? code : kept.get(filename, sumOf(all))?.toString();
  };
  let isWrapped = false;
  const load = Module.prototype.load;
  Module.prototype.load = function (filename) {
    if (!isWrapped && ENDINGS.some((ending) => filename.endsWith(ending))) {
      isWrapped = true;
      for (const ending of ENDINGS) {
        const loader = Module._extensions[ending];
        // tsx's own, and not what another loader has put around it.
        if (loader?.name === "transformer") Module._extensions[ending] = keeping(loader);
      }
    }
    return load.call(this, filename);
  };
  return (filename) => {
    if (filename.includes("?") || filename.includes(INSTALLED)) return undefined;
    const all = allOf(filename);
    const code = codeOf(filename, all);
    ahead.set(filename, [all, code]);
    return code;
  };

  /** A loader that asks tsx's only for files of which nothing is kept. */
  function keeping(loader) {
    return function transformer(module, filename) {
      if (filename.includes("?") || filename.includes(INSTALLED)) return loader(module, filename);
      const all = allOf(filename);
      const known = codeOf(filename, all);
      if (known !== undefined) return module._compile(known, filename);
      const compile = module._compile;
      const isOwn = Object.hasOwn(module, "_compile");
      module._compile = function (code, file) {
        if (isOwn) module._compile = compile;
        else delete module._compile;
        if (file === filename && !code.includes(WHOLE))
          kept.set(filename, sumOf(all), () => Buffer.from(code));
        return compile.call(this, code, file);
      };
      return loader(module, filename);
    };
  }
};

/** What else decides what tsx makes of a text; undefined if that isn't all told here. */
function settingsOfTsx() {
  const { env, execArgv, version } = process;
  if (env.TSX_TSCONFIG_PATH || env.TSX_DISABLE_CACHE) return undefined;
  const tsconfig = tsconfigAbove(process.cwd());
  const text = tsconfig === undefined ? "" : readFileSync(tsconfig, "utf8");
  if (text.includes('"extends"')) return undefined;
  const { resolve } = Module.createRequire(join(process.cwd(), "package.json"));
  try {
    const tsx = resolve("tsx/package.json");
    const esbuild = Module.createRequire(tsx).resolve("esbuild/package.json");
    const versions = [tsx, esbuild].map((file) => JSON.parse(readFileSync(file, "utf8")).version);
    return JSON.stringify([version, ownArguments(execArgv), env.NODE_OPTIONS, ...versions, tsconfig, text]);
  } catch {
    return undefined; // It lies elsewhere.
  }
}

/** Node's arguments but for the rehearsal's own: the CLI's runs find what rehearsals kept, and the other way about. */
function ownArguments(execArgv) {
  const isPreload = (argument) => argument === join(dirname(__dirname), "preload.cjs");
  return execArgv.filter((argument, at) => !isPreload(argument) && !isPreload(execArgv[at + 1]));
}

/** The nearest tsconfig.json, from a folder up. */
function tsconfigAbove(folder) {
  const file = join(folder, "tsconfig.json");
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : tsconfigAbove(dirname(folder));
}
