// tsx transpiles each file with esbuild, in a thread and a process that esbuild starts for it; a pack may bundle all
// of its files with esbuild. The rehearsal already runs an esbuild: this uses that one. The other end is
// hosts/transpiler.ts.
const { readSync, writeSync } = require("node:fs");
const Module = require("node:module");
const { join, resolve } = require("node:path");
const { isMainThread } = require("node:worker_threads");

const CHANNEL = 3;
const offered = process.env.REHEARSE_ESBUILD;
delete process.env.REHEARSE_ESBUILD; // The channel isn't open to the program's own children.

if (offered && isMainThread) {
  const load = Module._load;
  Module._load = function (request, importer, isMain) {
    const loadNow = () => load.call(this, request, importer, isMain);
    // Packages other than tsx may use more of esbuild's features, or another version.
    if (
      request !== "esbuild" ||
      !/[\\/]node_modules[\\/]tsx[\\/]|^(?!.*[\\/]node_modules[\\/])/.test(importer?.filename ?? "")
    )
      return loadNow();
    if (importer.require("esbuild/package.json").version !== offered) return loadNow();
    let esbuild;
    const real = () => (esbuild ??= loadNow());
    const transformSync = (code, options) =>
      typeof code === "string"
        ? (ask(["transform", code, options]) ?? real().transformSync(code, options))
        : real().transformSync(code, options);
    const buildSync = (options) =>
      (canBeAsked(options) ? built(options) : undefined) ?? real().buildSync(options);
    const own = { version: offered, transformSync, buildSync };
    return new Proxy(own, { get: (_, key) => own[key] ?? real()[key] });
  };
}

/** True for a build that writes nothing and whose options contain everything it needs. */
function canBeAsked(options) {
  return options?.write === false && !options.plugins && !options.stdin;
}

function built(options) {
  const asked = { absWorkingDir: process.cwd(), ...options };
  const result = ask(["build", asked]);
  if (!result) return undefined;
  // For `--watch`: esbuild has read the files, not this process.
  const watching = Module._cache[join(__dirname, "watch.cjs")];
  for (const file of result.inputs) watching?.exports.tell("module", resolve(asked.absWorkingDir, file));
  const outputFiles = result.outputFiles.map(({ path, hash, text }) => ({
    path,
    hash,
    text,
    get contents() {
      return Buffer.from(text);
    },
  }));
  const { inputs: _, ...answer } = result;
  return { ...answer, outputFiles };
}

function ask(question) {
  const body = Buffer.from(JSON.stringify(question));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const message = Buffer.concat([length, body]);
  for (let sent = 0; sent < message.length;) sent += writeSync(CHANNEL, message, sent);
  return JSON.parse(receive(receive(4).readUInt32BE()).toString());
}

function receive(length) {
  const message = Buffer.alloc(length);
  for (let got = 0; got < length;) {
    const more = readSync(CHANNEL, message, got, length - got, null);
    if (more === 0) throw new Error("the rehearsal has ended");
    got += more;
  }
  return message;
}
