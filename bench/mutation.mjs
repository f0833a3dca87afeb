// Runs Stryker on parts of the project, by name or all, and prints the scores: docs/mutation.md. Installs Stryker first
// if necessary.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { refusedByCompiler } from "./mutation/compiler.mjs";
import { PARTS } from "./mutation/parts.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const home = fileURLToPath(new URL("mutation", import.meta.url));

const { positionals: named, values } = parseArgs({
  allowPositionals: true,
  options: { percent: { type: "string", default: "100" }, seed: { type: "string", default: "1" } },
});
const sample = { percent: Number(values.percent), seed: values.seed };
if (!(sample.percent > 0 && sample.percent <= 100))
  refuse(`--percent is "${values.percent}"; it must be a number above 0, and at most 100.`);
for (const part of named)
  if (!(part in PARTS)) refuse(`There is no part ${part}; the parts are ${Object.keys(PARTS).join(", ")}.`);
if (!existsSync(`${home}/node_modules`)) run("npm", ["ci", "--prefix", home, "--no-audit", "--no-fund"]);
const { interval, isDrawn } = await import("./mutation/sample.mjs");
const rows = (named.length > 0 ? named : Object.keys(PARTS)).map(mutate).map(withScore);
console.table(rows);
process.exitCode = rows.every(({ part, score }) => score >= PARTS[part].goal) ? 0 : 1;

function refuse(why) {
  console.error(why);
  process.exit(2);
}

/** Mutates one part and counts the results of its mutants. */
function mutate(part) {
  const started = performance.now();
  const stryker = `${home}/node_modules/@stryker-mutator/core/bin/stryker.js`;
  const env = { MUTATION_PART: part, MUTATION_SAMPLE: JSON.stringify(sample), PACK_IN_PROCESS: "1" };
  run(process.execPath, [stryker, "run", "bench/mutation/stryker.config.mjs"], env);
  const { files } = JSON.parse(readFileSync(`${home}/reports/${part}.json`, "utf8"));
  const total = Object.values(files).flatMap((file) => file.mutants).length;
  for (const file of Object.values(files))
    file.mutants = file.mutants.filter(({ id }) => isDrawn(id, sample));
  const refused = refusedByCompiler(project, files);
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (wanted) => mutants.filter((each) => each.status === wanted && !refused.has(each)).length;
  list(files, refused);
  return {
    part,
    of: total,
    killed: count("Killed"),
    timeout: count("Timeout"),
    survived: count("Survived"),
    untested: count("NoCoverage"),
    broken: count("RuntimeError"),
    refused: refused.size,
    documentation: count("Ignored"),
    minutes: (performance.now() - started) / 60_000,
  };
}

/** Prints the mutants that compile and that no test found. */
function list(files, refused) {
  for (const [path, { source, mutants }] of Object.entries(files)) {
    const lines = source.split("\n");
    for (const mutant of mutants) {
      if (!["Survived", "NoCoverage"].includes(mutant.status) || refused.has(mutant)) continue;
      const { start, end } = mutant.location;
      const until = start.line === end.line ? end.column - 1 : undefined;
      const was = lines[start.line - 1].slice(start.column - 1, until);
      console.log(`${path}:${start.line} ${mutant.mutatorName}: ${was} → ${mutant.replacement}`);
    }
  }
}

/** The score as Stryker calculates it: the share of mutants found among those that compile and run. */
function withScore({ minutes, ...row }) {
  const found = row.killed + row.timeout;
  const size = found + row.survived + row.untested;
  const score = Number(((100 * found) / size).toFixed(1));
  const borders = interval(found, size).map((border) => border.toFixed(1));
  return { ...row, minutes: Number(minutes.toFixed(1)), score, interval: borders.join("–") };
}

/** Runs a command in the project's folder; ends this process with its status if it fails. */
function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: project,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}
