#!/usr/bin/env node
require("./check-node.cjs");
const isWatching = process.argv.includes("--watch");
// A process that keeps running is worth optimising.
if (!isWatching) require("./hosts/preload/v8.cjs");
const { folderBeside, keep } = require("./hosts/preload/kept.cjs");
const remembering = require("./hosts/remembering.cjs");
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

/** Only in the repository: the published package has `dist/main.js`. */
const SOURCE = join(__dirname, "main.ts");

/** A separate program that few runs need: `main.ts` loads it late, and only then is it bundled. */
const LATE = "./page";

/** Exits with the status that a shell reports for an interrupted program. */
const leave = (number) => process.exit(128 + number);
/**
 * Handles an interrupt; {@link start} replaces it. The listeners are never removed: a signal that arrives between
 * removing one and adding the next would be lost while the process is busy.
 */
let interrupt = leave;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, (_, number) => interrupt(number));

start().catch((error) => {
  if (error.code === "MODULE_NOT_FOUND") {
    console.error("rehearse: the dependencies aren't installed. Run npm ci first.");
    process.exit(2);
  }
  console.error(error);
  process.exit(3);
});

async function start() {
  const cache = folderBeside(require.resolve("esbuild"));
  if (cache !== undefined) keep(cache, isWatching ? "watch" : "rehearse");
  const real = require("esbuild");
  const esbuild = cache === undefined ? real : remembering(real, cache);
  const main = existsSync(SOURCE) ? await fromSources(esbuild) : require("./dist/main.js");
  interrupt = (number) => {
    interrupt = leave; // A second interrupt doesn't wait.
    // The run would report the end of its child processes as their failure.
    process.stdout.write = process.stderr.write = () => true;
    void main.endChildren().then(() => leave(number));
  };
  main.main(process.argv.slice(2), esbuild);
}

/** Bundles the rehearsal's sources with esbuild into one JavaScript text, without a copy on disk. */
async function fromSources(esbuild) {
  const building = esbuild.build(bundleOf(SOURCE));
  require("yaml"); // Needed anyway: load it while the esbuild process works.
  return load(await building, SOURCE, () => {
    const late = `${join(__dirname, LATE)}.ts`;
    return load(esbuild.buildSync(bundleOf(late)), late);
  });
}

function bundleOf(entry) {
  return {
    entryPoints: [entry],
    bundle: true,
    format: "cjs",
    platform: "node",
    packages: "external",
    external: [LATE],
    write: false,
    // Reading the source map takes longer than bundling: only a coverage run needs it.
    sourcemap: process.env.NODE_V8_COVERAGE ? "inline" : false,
    outfile: entry,
    target: `node${process.versions.node}`,
    banner: { js: "require = module.late(require);" },
  };
}

/** Runs a bundle and returns its exports. */
function load({ outputFiles }, file, loadLate) {
  let late;
  const bundle = Object.assign(new Module(file), {
    filename: file,
    paths: module.paths,
    late: (require) => Object.assign((id) => (id === LATE ? (late ??= loadLate()) : require(id)), require),
  });
  bundle._compile(outputFiles[0].text, file);
  return bundle.exports;
}
