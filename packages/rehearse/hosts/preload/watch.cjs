// Only with `--watch`: reports which files this process reads, and makes a program wait, before it loads its own
// first module, for the save that starts its run. The rehearsal's side is watch/prepared.ts.
const { readSync, statSync, writeSync } = require("node:fs");
const Module = require("node:module");
const { tmpdir } = require("node:os");
const { dirname, isAbsolute, join, sep } = require("node:path");
const prepareOwn = require("./ahead.cjs");
const watchReads = require("./reads.cjs");

const CHANNEL = 5;
/** Where the process waits: before it starts, before its own first module, or nowhere. */
const waits = process.env.REHEARSE_WATCH;
delete process.env.REHEARSE_WATCH;

const INSTALLED = `${sep}node_modules${sep}`;
/** tsx caches transpiled files here, by content. */
const TRANSPILED = join(tmpdir(), "tsx-");
const isOwn = (path) =>
  !path.includes(INSTALLED) && !path.startsWith(dirname(__dirname) + sep) && !path.startsWith(TRANSPILED);

/** The events that the rehearsal doesn't know yet. */
let news = {};
const known = new Set();
const soon = setImmediate;

/** Whether reads are the program's own and are reported. */
let isTelling = true;

function tell(kind, path) {
  if (!isTelling || !isOwn(path) || known.has(kind + path)) return;
  known.add(kind + path);
  add(kind, kind === "looked" ? [path, kindOf(path)] : path);
}

/** The kind of entry at a path. */
function kindOf(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "nothing" : stats.isDirectory() ? "folder" : "file";
}

function add(kind, what) {
  // The timer doesn't keep the process alive: the last events are sent when it ends.
  if (Object.keys(news).length === 0) soon(flush).unref();
  (news[kind] ??= []).push(what);
}

function flush() {
  if (Object.keys(news).length === 0) return;
  const bytes = Buffer.from(`${JSON.stringify(news)}\n`);
  news = {};
  for (let sent = 0; sent < bytes.length;) sent += writeSync(CHANNEL, bytes, sent);
}

watchReads(tell);
process.on("exit", flush);
// Where Node supports this: reports files that are imported as ES modules. Older versions read them with the watched
// functions.
if (waits === "start")
  Module.registerHooks?.({
    load(url, context, next) {
      if (url.startsWith("file:")) tell("read", require("node:url").fileURLToPath(url));
      return next(url, context);
    },
  });

let isWaiting = waits === "module";
let importer;
const load = Module._load;
Module._load = function (request, parent, isMain) {
  if (isWaiting && isRequestOfOwn(request, parent)) wait();
  importer = parent;
  return load.call(this, request, parent, isMain);
};

const loadFile = Module.prototype.load;
Module.prototype.load = function (file) {
  if (isOwn(file)) {
    if (isWaiting && !file.startsWith(dirname(__dirname))) wait();
    tell("module", file);
  } else if (MAY_BE_AHEAD.test(file)) add("installed", [file, importer?.filename ?? ""]);
  return loadFile.call(this, file);
};

function isRequestOfOwn(request, parent) {
  const path = isAbsolute(request)
    ? request
    : /^\.{1,2}([\\/]|$)/.test(request)
      ? join(parent?.filename ? dirname(parent.filename) : process.cwd(), request)
      : undefined;
  return path !== undefined && isOwn(path + sep);
}

/**
 * Modules that may be loaded before the program's own, although that could change the environment that others see:
 * none of these reads the environment while loading. The scripts that run the program are excluded.
 */
const MAY_BE_AHEAD =
  /[\\/]node_modules[\\/](?!@pulumi[\\/]pulumi[\\/]cmd[\\/])(@pulumi|@grpc|google-protobuf|typescript)[\\/](?!.*([\\/]v8Hooks\.js|[\\/]node_modules[\\/]))/;

/** The module that cmd/run loads after it has read its arguments. */
const RUNS = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run[\\/]run\.js$/;

function wait() {
  isWaiting = false;
  const { installed, own } = JSON.parse(nextLine());
  // While loading, the SDKs read the engine's address and the stack from the environment, which cmd/run sets: a
  // process that waits before that loads nothing in advance.
  const isAhead = Object.keys(Module._cache).some((file) => RUNS.test(file));
  if (isAhead) for (const [file, parent] of installed) loadInstalled(file, parent);
  // The reads that follow are not the program's.
  isTelling = false;
  const { compileAhead } = require("../levers.cjs");
  if (isAhead && compileAhead) prepareOwn(own, compileAhead);
  isTelling = true;
  add("waits", true);
  flush();
  nextLine();
}

function loadInstalled(file, parent) {
  if (Module._cache[file]) return;
  const putOff = Module._cache[join(__dirname, "put-off.cjs")];
  const by = Module._cache[parent] ?? Object.assign(new Module(parent), { filename: parent });
  try {
    (putOff ? putOff.exports.loadNow : (...request) => Module._load(...request))(file, by);
  } catch {
    // The program reports the same error if it still imports the module.
  }
}

let rest = "";

/** Waits for a line from the rehearsal; exits if the rehearsal has ended. */
function nextLine() {
  const buffer = Buffer.alloc(65_536);
  const parts = [rest];
  while (!parts.at(-1).includes("\n")) {
    const length = readSync(CHANNEL, buffer);
    if (length === 0) process.exit(1);
    parts.push(buffer.toString("latin1", 0, length));
  }
  const all = parts.join("");
  const end = all.indexOf("\n");
  rest = all.slice(end + 1);
  return Buffer.from(all.slice(0, end), "latin1").toString();
}

module.exports = {
  tell,
  /** Call this when the process is ready to start. */
  ready() {
    if (waits === "start") wait();
  },
};
