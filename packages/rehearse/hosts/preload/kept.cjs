// Keeps from run to run the code that V8 made of packages and programs. It lies in node_modules/.cache/rehearse beside the
// packages, as other tools' caches do; what is deleted there is made anew. REHEARSE_CACHE names another folder; `off` does
// without.
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
/** A script, and what may import as it runs: code from a cache has lost who imports for it. */
const NEVER = /^#!|\b(import|eval|Function)\s*\(/;
/** How long nothing new has come before it is written: packs are killed, and can't do it as they end. In milliseconds. */
const QUIET = 500;
/** The most that a file keeps, in bytes: ten times what our store has in its largest. Each start reads it. */
const MOST = 32 * 2 ** 20;
/** How long a file stays that nobody has written to, such as one of another Node.js, in milliseconds. */
const UNUSED = 30 * 24 * 3_600_000;

/** All of this process, with one listener: many listeners would have Node warn of them. */
const stores = [];

/**
 * Bytes by name, each with a text that tells what they were made of. Every process writes a file of its own and puts it in
 * place at once: others read it whole, before or after. What two have found at the same time, one of them finds again.
 */
class Kept {
  known = new Map();
  fresh = new Map();

  /**
   * @param folder - absolute path
   * @param kind - each has a file of its own: what loads other modules, or keeps something else
   */
  constructor(folder, kind) {
    const file = join(folder, `${kind}-${process.version}-${process.arch}`);
    this.file = file;
    if (stores.push(this) === 1) process.on("exit", () => stores.forEach((kept) => kept.write()));
    try {
      const all = readFileSync(file);
      // V8 would run what a disk has made of it.
      if (all.toString("latin1", 0, SUM_LENGTH) !== sumOf(all.subarray(SUM_LENGTH))) return;
      const start = SUM_LENGTH + 4 + all.readUInt32LE(SUM_LENGTH);
      const index = JSON.parse(all.toString("utf8", SUM_LENGTH + 4, start));
      for (const [name, made, from, to] of index)
        this.known.set(name, [made, all.subarray(start + from, start + to)]);
    } catch {
      // There is none, or it isn't ours.
    }
  }

  /** What was made of this by that name; undefined if it was made of something else. */
  get(name, madeOf) {
    const [made, bytes] = this.known.get(name) ?? [];
    if (made !== madeOf) return undefined;
    this.putLast(name, made, bytes);
    return bytes;
  }

  /** The order is that of use. */
  putLast(name, made, bytes) {
    this.known.delete(name);
    this.known.set(name, [made, bytes]);
  }

  /** @param give - gives the bytes when they are written */
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
      // It isn't ours to write to: each run takes as long as the first.
    }
  }
}

/** Of our own files alone: the folder may be one that others use. */
function removeUnused(folder) {
  for (const name of readdirSync(folder).filter((name) => /-v\d+\.\d+\.\d+-\w+(\.\d+)?$/.test(name))) {
    const file = join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > UNUSED) rmSync(file);
  }
}

const sumOf = (data) => createHash("sha1").update(data).digest("base64");
const SUM_LENGTH = sumOf("").length;

/**
 * Code by its text: V8 checks its own version and settings.
 *
 * @param installed - takes that of installed packages
 * @param own - takes all other, which changes more often
 * @returns what compiles a file's code before it is asked for
 */
function keepCode(installed, own) {
  /** By file: a text, and what it was compiled to before it was asked for. */
  const ahead = new Map();
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (code, filename, ...rest) {
    const compileNow = () => compile.call(this, code, filename, ...rest);
    if (rest[0] === "module") return compileNow();
    const [text, known] = ahead.get(filename) ?? [];
    const script = text === code ? known : scriptOf(code, filename);
    if (script === undefined) return compileNow(); // Node says what is wrong with it.
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
  };
  return (code, filename) => void ahead.set(filename, [code, scriptOf(code, filename)]);

  /** Undefined of what can't be kept, or compiled. */
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

/** What a module calls `require`. @see https://nodejs.org/api/modules.html#requireid */
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
   * The folder of the cache; undefined without one.
   *
   * @param file - absolute path of a file of an installed package, beside which the cache is to lie
   */
  folderBeside(file) {
    const [root, ...below] = file.split(INSTALLED);
    const { REHEARSE_CACHE, NODE_V8_COVERAGE } = process.env;
    // A measurement of coverage counts what is compiled.
    if (below.length === 0 || REHEARSE_CACHE === "off" || NODE_V8_COVERAGE) return undefined;
    return REHEARSE_CACHE || join(root, "node_modules", ".cache", "rehearse");
  },
  /**
   * Keeps what this process loads.
   *
   * @param folder - of the cache
   * @param kind - of the process: each loads other modules
   * @returns what compiles a file's code before it is asked for
   */
  keep(folder, kind) {
    return keepCode(new Kept(folder, kind), new Kept(folder, `${kind}-own`));
  },
};
