// Caches the code that V8 compiled from packages and programs. Like other tools' caches it is in
// node_modules/.cache/rehearse beside the packages, and may be deleted at any time. REHEARSE_CACHE names another
// folder; `off` disables the cache.
const { createHash } = require("node:crypto");
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const vm = require("node:vm");

const INSTALLED = `${sep}node_modules${sep}`;
/** Scripts, and code that may import while it runs: cached code loses the reference to its importing module. */
const NEVER = /^#!|\b(import|eval|Function)\s*\(/;
/** Milliseconds without new code before the cache is written: packs are killed, and can't write as they end. */
const QUIET = 500;
/** The largest size of a file, in bytes: ten times the store's largest. Each start reads it. */
const MOST = 32 * 2 ** 20;
/** Milliseconds after which an unused file is removed, such as one of another Node.js. */
const UNUSED = 30 * 24 * 3_600_000;

/** All caches of this process share one exit listener: Node warns about many listeners. */
const stores = [];

/**
 * Bytes by name, each with a text that identifies their source. Every process writes its own file and renames it into
 * place, so that others read either the old or the new file. If two processes write at the same time, one loses its
 * additions.
 */
class Kept {
  known = new Map();
  fresh = new Map();

  /**
   * @param folder - absolute path
   * @param kind - each kind of process or content has a file of its own
   */
  constructor(folder, kind) {
    const file = join(folder, `${kind}-${process.version}-${process.arch}`);
    this.file = file;
    if (stores.push(this) === 1) process.on("exit", () => stores.forEach((kept) => kept.write()));
    try {
      const all = readFileSync(file);
      // V8 would run corrupted code.
      if (all.toString("latin1", 0, SUM_LENGTH) !== sumOf(all.subarray(SUM_LENGTH))) return;
      const start = SUM_LENGTH + 4 + all.readUInt32LE(SUM_LENGTH);
      const index = JSON.parse(all.toString("utf8", SUM_LENGTH + 4, start));
      for (const [name, made, from, to] of index)
        this.known.set(name, [made, all.subarray(start + from, start + to)]);
    } catch {
      // The file doesn't exist, or isn't readable.
    }
  }

  /** The bytes of that name; undefined if they were made from another source. */
  get(name, madeOf) {
    const [made, bytes] = this.known.get(name) ?? [];
    if (made !== madeOf) return undefined;
    this.putLast(name, made, bytes);
    return bytes;
  }

  /** Keeps the entries in the order of their use. */
  putLast(name, made, bytes) {
    this.known.delete(name);
    this.known.set(name, [made, bytes]);
  }

  /** @param give - returns the bytes when they are written */
  set(name, madeOf, give) {
    this.fresh.set(name, [madeOf, give]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), QUIET).unref();
  }

  write() {
    if (this.fresh.size === 0) return;
    for (const [name, [made, give]] of this.fresh) this.putLast(name, made, give());
    this.fresh.clear();
    let room = MOST;
    const all = [...this.known]
      .filter(([name]) => existsSync(name))
      .reverse()
      .filter(([, [, bytes]]) => (room -= bytes.length) >= 0)
      .reverse();
    let end = 0;
    const index = all.map(([name, [made, bytes]]) => [name, made, end, (end += bytes.length)]);
    const head = Buffer.from(JSON.stringify(index));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    const content = Buffer.concat([length, head, ...all.map(([, [, bytes]]) => bytes)]);
    const own = `${this.file}.${process.pid}`;
    try {
      mkdirSync(dirname(own), { recursive: true });
      writeFileSync(own, Buffer.concat([Buffer.from(sumOf(content)), content]));
      renameSync(own, this.file);
      removeUnused(dirname(own));
    } catch {
      // The folder isn't writable: each run takes as long as the first.
    }
  }
}

/** Removes only our own files: others may use the folder as well. */
function removeUnused(folder) {
  for (const name of readdirSync(folder).filter((name) => /-v\d+\.\d+\.\d+-\w+(\.\d+)?$/.test(name))) {
    const file = join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > UNUSED) rmSync(file);
  }
}

const sumOf = (data) => createHash("sha1").update(data).digest("base64");
const SUM_LENGTH = sumOf("").length;

/**
 * Caches compiled code by its source text: V8 checks its own version and settings.
 *
 * @param installed - the cache for installed packages
 * @param own - the cache for all other code, which changes more often
 * @returns a function that compiles a file's code in advance
 */
function keepCode(installed, own) {
  /** By file: the source text, and the code that was compiled in advance. */
  const ahead = new Map();
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (code, filename, ...rest) {
    const compileNow = () => compile.call(this, code, filename, ...rest);
    if (rest[0] === "module") return compileNow();
    const [text, known] = ahead.get(filename) ?? [];
    const script = text === code ? known : scriptOf(code, filename);
    if (script === undefined) return compileNow(); // Node reports the error.
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
  };
  return (code, filename) => void ahead.set(filename, [code, scriptOf(code, filename)]);

  /** Returns undefined if the code can't be cached or compiled. */
  function scriptOf(code, filename) {
    if (NEVER.test(code)) return undefined;
    const kept = filename.includes(INSTALLED) ? installed : own;
    const madeOf = sumOf(code);
    const cachedData = kept.get(filename, madeOf);
    try {
      const script = new vm.Script(Module.wrap(code), {
        filename,
        cachedData,
        columnOffset: -Module.wrapper[0].length,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      if (!cachedData || script.cachedDataRejected)
        kept.set(filename, madeOf, () => script.createCachedData());
      return script;
    } catch {
      return undefined;
    }
  }
}

/** The `require` function of a module. @see https://nodejs.org/api/modules.html#requireid */
function requireOf(module) {
  const require = (id) => module.require(id);
  const resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  return Object.assign(require, {
    resolve,
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  });
}

module.exports = {
  Kept,
  sumOf,
  /**
   * The folder of the cache; undefined if there is none.
   *
   * @param file - absolute path of a file in an installed package; the cache is beside that package
   */
  folderBeside(file) {
    const [root, ...below] = file.split(INSTALLED);
    const { REHEARSE_CACHE, NODE_V8_COVERAGE } = process.env;
    // A coverage run counts compiled code.
    if (below.length === 0 || REHEARSE_CACHE === "off" || NODE_V8_COVERAGE) return undefined;
    return REHEARSE_CACHE || join(root, "node_modules", ".cache", "rehearse");
  },
  /**
   * Caches the code that this process loads.
   *
   * @param folder - the cache folder
   * @param kind - the kind of process: each loads other modules
   * @returns a function that compiles a file's code in advance
   */
  keep(folder, kind) {
    return keepCode(new Kept(folder, kind), new Kept(folder, `${kind}-own`));
  },
};
