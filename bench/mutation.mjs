// Runs Stryker on the parts of the policy pack, by name or all, and prints the scores: docs/mutation.md. Installs it first
// if need be.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { refusedByCompiler } from "./mutation/compiler.mjs";
import { PARTS } from "./mutation/parts.mjs";

/** The score to reach, in per cent. */
const GOAL = 90;

const project = fileURLToPath(new URL("..", import.meta.url));
const home = fileURLToPath(new URL("mutation", import.meta.url));

const parts = process.argv.slice(2);
for (const part of parts) {
  if (PARTS.includes(part)) continue;
  console.error(`${part} is no part of the pack; there are ${PARTS.join(", ")}.`);
  process.exit(2);
}
if (!existsSync(`${home}/node_modules`)) run("npm", ["ci", "--prefix", home, "--no-audit", "--no-fund"]);
const rows = (parts.length > 0 ? parts : PARTS).map(mutate);
console.table([...rows, ...(rows.length > 1 ? [sum(rows)] : [])].map(withScore));
process.exitCode = withScore(sum(rows)).score >= GOAL ? 0 : 1;

/** Mutates one part and counts what became of its mutants. */
function mutate(part) {
  const started = performance.now();
  const stryker = `${home}/node_modules/@stryker-mutator/core/bin/stryker.js`;
  const env = { MUTATION_PART: part, PACK_IN_PROCESS: "1" };
  run(process.execPath, [stryker, "run", "bench/mutation/stryker.config.mjs"], env);
  const { files } = JSON.parse(readFileSync(`${home}/reports/${part}.json`, "utf8"));
  const refused = refusedByCompiler(project, files);
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (wanted) => mutants.filter((each) => each.status === wanted && !refused.has(each)).length;
  list(files, refused);
  return {
    part,
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

/** Prints the mutants that no test has found and the compiler takes. */
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

function sum(rows) {
  const keys = Object.keys(rows[0]).filter((key) => key !== "part");
  const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
  return { part: "all", ...Object.fromEntries(keys.map((key) => [key, total(key)])) };
}

/** The score as Stryker counts it: mutants found, of those that the compiler takes and that run. */
function withScore({ part, minutes, ...counts }) {
  const found = counts.killed + counts.timeout;
  const score = (100 * found) / (found + counts.survived + counts.untested);
  return { part, ...counts, minutes: Number(minutes.toFixed(1)), score: Number(score.toFixed(1)) };
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
