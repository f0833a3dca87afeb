// Caches the output of esbuild between runs, so that esbuild doesn't even start while the sources stay the same.
const { readFileSync, statSync } = require("node:fs");
const { dirname, join, parse, resolve, sep } = require("node:path");
const { Kept, sumOf } = require("./preload/kept.cjs");

/** Milliseconds by which the clock of a file system may be behind. */
const CLOCK = 10;

/**
 * Wraps esbuild and calls it only for results that aren't cached.
 *
 * @param esbuild - the real esbuild
 * @param folder - the cache folder
 */
module.exports = function remembering(esbuild, folder) {
  const kept = new Kept(folder, `esbuild-${esbuild.version}`);

  /** Cached by text and options: a transformation reads nothing else. */
  const transform = async (code, options) => {
    const name = options?.sourcefile;
    const madeOf = sumOf(JSON.stringify([code, options]));
    const known = name && kept.get(name, madeOf);
    if (known) return JSON.parse(known.toString());
    const result = await esbuild.transform(code, options);
    if (name && result.warnings.length === 0)
      kept.set(name, madeOf, () => Buffer.from(JSON.stringify(result)));
    return result;
  };

  /** Cached by options and by the state of all files that were read. The result always includes the metafile. */
  const build = async (options) => {
    const root = options.absWorkingDir ?? process.cwd();
    const name = resolve(root, options.entryPoints?.[0] ?? "");
    const isKept =
      options.entryPoints?.length === 1 && options.write === false && !options.plugins && !options.stdin;
    const madeOf = sumOf(JSON.stringify(options));
    const known = isKept && kept.get(name, madeOf);
    if (known) {
      const { sources, result } = JSON.parse(known.toString());
      if (sources.every(([path, state]) => stateOf(path) === state)) return result;
    }
    const started = Date.now();
    const { outputFiles = [], ...rest } = await esbuild.build({ ...options, metafile: true });
    const result = {
      ...rest,
      outputFiles: outputFiles.map(({ path, hash, text }) => ({ path, hash, text })),
    };
    const sources = isKept && rest.warnings.length === 0 && sourcesOf(rest.metafile, root, started - CLOCK);
    if (sources) kept.set(name, madeOf, () => Buffer.from(JSON.stringify({ sources, result })));
    return result;
  };

  return new Proxy(esbuild, {
    get: (real, key) => (key === "transform" ? transform : key === "build" ? build : real[key]),
  });
};

/**
 * The inputs of a build: the files that it read, the folders where other files could take precedence, and the files
 * that esbuild searches for above them. Undefined if they can't be determined.
 */
function sourcesOf({ inputs }, root, since) {
  const files = Object.keys(inputs).map((file) => resolve(root, file));
  const above = new Set();
  for (const file of files)
    for (let at = dirname(file); !above.has(at) && at !== parse(at).root; at = dirname(at)) above.add(at);
  const manifests = [...above].flatMap((folder) =>
    ["package.json", "tsconfig.json"].map((name) => join(folder, name)),
  );
  // Not the root folder: any file written there would count.
  const folders = [...above].filter((folder) => folder.startsWith(root + sep));
  const paths = [...new Set([...files, ...files.map(dirname), ...folders, ...manifests])];
  const isTold =
    files.every((file) => changedAt(file) < since) &&
    !manifests.some((file) => file.endsWith("tsconfig.json") && extendsAnother(file));
  return isTold ? paths.map((path) => [path, stateOf(path)]) : undefined;
}

const statsOf = (path) => statSync(path, { throwIfNoEntry: false });

/** A value that changes with every change of a file, or of the entries of a folder. */
function stateOf(path) {
  const stats = statsOf(path);
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}` : "";
}

/** The time of the last change; Infinity for an input that esbuild doesn't name by a path. */
function changedAt(file) {
  const stats = statsOf(file);
  return stats ? Math.max(stats.mtimeMs, stats.ctimeMs) : Infinity;
}

function extendsAnother(file) {
  return statsOf(file) !== undefined && /"extends"/.test(readFileSync(file, "utf8"));
}
