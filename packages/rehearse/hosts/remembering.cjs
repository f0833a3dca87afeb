// Remembers from run to run what esbuild made of sources, so that it isn't even started while these stay as they are.
const { readFileSync, statSync } = require("node:fs");
const { dirname, join, parse, resolve, sep } = require("node:path");
const { Kept, sumOf } = require("./preload/kept.cjs");

/** Milliseconds by which the clock of a file system may be behind. */
const CLOCK = 10;

/**
 * An esbuild that asks the real one only for what it doesn't remember.
 *
 * @param esbuild - the real one
 * @param folder - where it is remembered
 */
module.exports = function remembering(esbuild, folder) {
  const kept = new Kept(folder, `esbuild-${esbuild.version}`);

  /** By the text and the options: a transformation reads nothing else. */
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

  /** By the options, and by all files that were read for it as they are on the disk. The metafile comes with it. */
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
 * What decides a build: the files that it has read, the folders in which others could come before these, and what esbuild
 * looks for above them. Undefined if that can't be told.
 */
function sourcesOf({ inputs }, root, since) {
  const files = Object.keys(inputs).map((file) => resolve(root, file));
  const above = new Set();
  for (const file of files)
    for (let at = dirname(file); !above.has(at) && at !== parse(at).root; at = dirname(at)) above.add(at);
  const manifests = [...above].flatMap((folder) =>
    ["package.json", "tsconfig.json"].map((name) => join(folder, name)),
  );
  // Not the top one: whatever is written there would count.
  const folders = [...above].filter((folder) => folder.startsWith(root + sep));
  const paths = [...new Set([...files, ...files.map(dirname), ...folders, ...manifests])];
  const isTold =
    files.every((file) => changedAt(file) < since) &&
    !manifests.some((file) => file.endsWith("tsconfig.json") && extendsAnother(file));
  return isTold ? paths.map((path) => [path, stateOf(path)]) : undefined;
}

const statsOf = (path) => statSync(path, { throwIfNoEntry: false });

/** What changes with each change of a file, and of which entries a folder has. */
function stateOf(path) {
  const stats = statsOf(path);
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}` : "";
}

/** Never, for what esbuild doesn't name by its path. */
function changedAt(file) {
  const stats = statsOf(file);
  return stats ? Math.max(stats.mtimeMs, stats.ctimeMs) : Infinity;
}

function extendsAnother(file) {
  return statsOf(file) !== undefined && /"extends"/.test(readFileSync(file, "utf8"));
}
