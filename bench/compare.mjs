// npm run bench: runs the rehearsal and CDK in turn, and prints their times and memory.
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";

import { canMeasureMemory } from "./process-tree.mjs";
import { runCold, sides } from "./sides.mjs";

/** The maximum share of CDK's time and memory that the rehearsal may use. */
const GOALS = { wall: 0.6, memory: 0.75 };

const USAGE = `npm run bench -- [options]

Times a cold rehearsal and a cold cdk synth in turn, and measures their memory in separate runs.

  --runs N         rounds for the times; use 7 or more for a comparison (default: 7)
  --memory-runs N  rounds for the memory (default: 3)
  --variants       also run the rehearsal without its cache, CDK without template validation, and CDK without its CLI
  --help           print this help`;

try {
  const options = readOptions();
  if (options === undefined) console.log(USAGE);
  else await compare(options);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "7" },
      "memory-runs": { type: "string", default: "3" },
      variants: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const count = (option) => {
    const given = values[option];
    if (!/^[1-9]\d{0,2}$/.test(given)) throw new Error(`--${option} is "${given}"; it must be from 1 to 999`);
    return Number(given);
  };
  return { rounds: count("runs"), memoryRounds: count("memory-runs"), variants: values.variants };
}

async function compare({ rounds, memoryRounds, variants }) {
  const { rehearsal, cdk, ...others } = sides;
  const compared = [rehearsal, cdk, ...(variants ? Object.values(others) : [])];
  for (const side of compared) side.prepare();
  printMachine();

  console.log(
    "Warming up: one run of each isn't counted. It loads files into memory, and shows failures early.",
  );
  await inTurn(compared, 1, {});
  console.log(`Times: ${rounds} rounds.`);
  const timed = await inTurn(compared, rounds, {});
  console.log(
    `Memory: ${canMeasureMemory ? `${memoryRounds} rounds.` : "not measured, because there is no /proc."}\n`,
  );
  const sampled = canMeasureMemory ? await inTurn(compared, memoryRounds, { memory: true }) : undefined;

  const columns = compared.map((side) => ({
    title: side.title,
    wall: timed.get(side).map((run) => run.wall),
    cpu: timed.get(side).map((run) => run.cpu),
    memory: sampled?.get(side).map((run) => run.memory / 2 ** 20),
  }));
  printTable(columns);
}

/** Runs the sides in turn, round by round, so that a slow minute of the machine affects all of them. */
async function inTurn(compared, rounds, options) {
  const runs = new Map(compared.map((side) => [side, []]));
  for (let round = 0; round < rounds; round++) {
    for (const side of compared) {
      const run = await runCold(side, options);
      if (run.status !== 0) {
        throw new Error(
          `${side.title} failed with status ${run.status}: no figures.\n${run.output.trimEnd()}`,
        );
      }
      runs.get(side).push(run);
    }
  }
  return runs;
}

function printMachine() {
  const [minute, five] = loadavg();
  const cores = availableParallelism();
  console.log(
    `${process.platform} ${process.arch}, Node ${process.version}, ${cores} cores, ${cpus()[0]?.model ?? "?"}`,
  );
  console.log(`Load average ${minute.toFixed(2)} (1 min), ${five.toFixed(2)} (5 min).`);
  if (minute > cores / 4) console.log("The machine is busy: the ratios are more reliable than the times.");
}

function printTable([rehearsal, cdk, ...others]) {
  const cell = (values, digits) =>
    values === undefined
      ? "not measured"
      : `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
  const row = (cells) =>
    console.log(cells.map((text, index) => (index === 0 ? text.padEnd(38) : text.padStart(20))).join("  "));

  row(["median (min–max)", "wall s", "CPU s", "peak PSS MiB"]);
  for (const { title, wall, cpu, memory } of [rehearsal, cdk, ...others]) {
    row([title, cell(wall, 2), cell(cpu, 2), cell(memory, 0)]);
  }
  const ratios = (figure, to) => rehearsal[figure]?.map((value, round) => value / to[figure][round]);
  for (const to of [cdk, ...others]) {
    const cells = ["wall", "cpu", "memory"].map((figure) => cell(ratios(figure, to), 2));
    row([`${rehearsal.title} / ${to.title}`, ...cells]);
  }
  const verdict = (figure) => {
    const values = ratios(figure, cdk);
    if (values === undefined) return "not measured";
    return `≤ ${GOALS[figure]} ${median(values) <= GOALS[figure] ? "met" : "missed"}`;
  };
  row([`goal, to ${cdk.title}`, verdict("wall"), "", verdict("memory")]);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
