#!/usr/bin/env node
require("./check-node.cjs");
const isWatching = process.argv.includes("--watch");
// What goes on and on is worth optimising.
if (!isWatching) require("./hosts/preload/v8.cjs");
const { folderBeside, keep } = require("./hosts/preload/kept.cjs");
const remembering = require("./hosts/remembering.cjs");
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

/** In the repository alone: the published package has `dist/main.js`. */
const SOURCE = join(__dirname, "main.ts");

/** What few runs need, and is a program of its own: `main.ts` loads it late, and only then is it bundled. */
const LATE = "./page";

/** Ends with the status that a shell gives an interrupted program. */
const leave = (number) => process.exit(128 + number);
/**
 * What an interrupt does; {@link start} sets another. The listeners stay from the first moment on: a signal that arrives
 * while the process is busy would be lost between the last one's going and the next one's coming.
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
    interrupt = leave; // Who asks twice doesn't want to wait.
    // The run would take the end of its children for a failure of theirs.
    process.stdout.write = process.stderr.write = () => true;
    void main.endChildren().then(() => leave(number));
  };
  main.main(process.argv.slice(2), esbuild);
}

/** Has esbuild turn the rehearsal's sources into one JavaScript text: in one go, and without a copy on the disk. */
async function fromSources(esbuild) {
  const building = esbuild.build(bundleOf(SOURCE));
  require("yaml"); // Needed anyway; while esbuild, a process of its own, is at work.
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
    // Reading the map costs more than the bundling: only a measurement of coverage is worth it.
    sourcemap: process.env.NODE_V8_COVERAGE ? "inline" : false,
    outfile: entry,
    target: `node${process.versions.node}`,
    banner: { js: "require = module.late(require);" },
  };
}

/** Runs a bundle, and answers what it exports. */
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
