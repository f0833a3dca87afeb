// tsx transforms each TypeScript file in every process: it searches its temporary folder for the file, calls esbuild,
// and joins source maps. This caches the results between runs, beside the compiled code of packages (kept.cjs).
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { Kept, sumOf } = require("./kept.cjs");

/** File endings that only tsx handles. */
const ENDINGS = [".ts", ".tsx"];
const INSTALLED = `${sep}node_modules${sep}`;
/** If a module exports this name, tsx replaces all of its exports with it. */
const WHOLE = '"module.exports"';

/**
 * Caches the output of tsx, if tsx is the process's only TypeScript loader.
 *
 * @param folder - the cache folder
 * @param kind - the kind of process
 * @returns a function that reads the cached code of a file in advance; undefined without a cache
 */
module.exports = function keepTransformed(folder, kind) {
  if (!process.execArgv.some((argument) => /^(--require=)?tsx(\/cjs)?$/.test(argument))) return undefined;
  const settings = settingsOfTsx();
  if (settings === undefined) return undefined;
  const kept = new Kept(folder, `${kind}-transformed`);
  const allOf = (filename) => `${settings} ${process.sourceMapsEnabled} ${readFileSync(filename, "utf8")}`;
  /** By file: everything that determines its code, and the code. */
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
        // The loader of tsx itself, not a wrapper by another loader.
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

  /** A loader that calls tsx's only for files without cached code. */
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

/** The other inputs of a tsx transformation; undefined if they aren't all known here. */
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
    return undefined; // It is elsewhere.
  }
}

/** Node's arguments without the rehearsal's own, so that runs of the CLI and rehearsals share their cache. */
function ownArguments(execArgv) {
  const isPreload = (argument) => argument === join(dirname(__dirname), "preload.cjs");
  return execArgv.filter((argument, at) => !isPreload(argument) && !isPreload(execArgv[at + 1]));
}

/** The nearest tsconfig.json, starting from a folder and going up. */
function tsconfigAbove(folder) {
  const file = join(folder, "tsconfig.json");
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : tsconfigAbove(dirname(folder));
}
