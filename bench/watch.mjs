// npm run bench:watch: measures the time from a save to the verdict on both stacks under --watch, and, in the same
// minutes, a cold run of the rehearsal or of CDK. Linux only: it reads /proc.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { runCold, sides } from "./sides.mjs";

const USAGE = `npm run bench:watch -- [options]

  --saves N   number of saves (default: 10)
  --every N   time a cold run after every N saves (default: 5)
  --minimal   use the two stacks that CDK synthesises in npm run bench, and also time cdk synth
  --help      print this help`;

/** Clock ticks of the processor times in /proc. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

const { values } = parseArgs({
  options: {
    saves: { type: "string", default: "10" },
    every: { type: "string", default: "5" },
    minimal: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
function countOf(option) {
  const given = values[option];
  if (/^[1-9]\d{0,4}$/.test(given)) return Number(given);
  console.error(`bench:watch: --${option} is "${given}"; it must be from 1 to 99999`);
  process.exit(2);
}

async function measure(saves, every) {
  const root = sides.rehearsal.cwd;
  const [node, ...args] = values.minimal
    ? sides.rehearsal.command()
    : [process.execPath, join("packages", "rehearse", "bin.cjs"), "dev", "prod"];
  const cold = { ...sides.rehearsal, title: "from nothing", command: () => [node, ...args, "--json"] };
  const others = values.minimal ? [cold, sides.cdk] : [cold];
  for (const other of others) other.prepare();

  const child = spawn(node, [...args, "--watch", "--json"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  await idle(child.pid);
  const before = holdings(child.pid);
  console.log(`at the start: ${textOf(before)}`);

  const warm = [];
  const timed = others.map(() => []);
  for (let save = 1; save <= saves; save++) {
    warm.push(await timeSave(child.pid, join(root, "components/fleet/instance-profile.ts"), lines));
    await idle(child.pid);
    if (save % every !== 0) continue;
    for (const [index, other] of others.entries()) timed[index].push(await runCold(other));
    console.log(`save ${save}: ${secondsOf(warm.at(-1))}; ${textOf(holdings(child.pid))}`);
  }
  console.log(`at the end: ${textOf(holdings(child.pid))}`);
  console.log(`watched, median: ${secondsOf(median(warm))}`);
  for (const [index, runs] of timed.entries()) {
    if (runs.length === 0) continue;
    const other = median(runs);
    const ratio = (figure) => (median(warm)[figure] / other[figure]).toFixed(2);
    console.log(
      `${others[index].title}, median: ${secondsOf(other)}; watched takes ${ratio("wall")} of its time, ${ratio("cpu")} of its CPU`,
    );
  }
  child.kill();
}

/** Saves a file unchanged, and waits for the verdicts. */
async function timeSave(pid, file, lines) {
  const [wall, cpu] = [performance.now(), cpuOf(pid)];
  utimesSync(file, statSync(file).atime, new Date());
  await lines.next();
  return { wall: (performance.now() - wall) / 1000, cpu: cpuOf(pid) - cpu };
}

/** The median of each figure separately: a slow minute of the machine isn't necessarily one with more work. */
function median(runs) {
  const middle = (figure) =>
    runs.map((run) => run[figure]).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
  return { wall: middle("wall"), cpu: middle("cpu") };
}

const secondsOf = ({ wall, cpu }) => `${wall.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU`;

/** The resources that the rehearsal uses while it waits: growth from save to save is a leak. */
function holdings(pid) {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1];
  return {
    megabytes: Math.round(Number(kilobytes) / 1024),
    files: readdirSync(`/proc/${pid}/fd`).length,
    processes: family(pid).length,
  };
}

const textOf = ({ megabytes, files, processes }) =>
  `${megabytes} MB, ${files} open files, ${processes} processes`;

/** The ids of a process and all its descendants. */
function family(pid) {
  const parentOf = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((one) => [Number(one), Number(fields(one)[1])]),
  );
  const below = (one) =>
    [...parentOf].filter(([, parent]) => parent === one).flatMap(([id]) => [id, ...below(id)]);
  return [pid, ...below(pid)];
}

/** The fields of /proc/PID/stat, beginning with the state; none for a process that has ended. */
function fields(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  } catch {
    return [];
  }
}

/**
 * Seconds of processor time, user and system, of a process, its descendants, and those of its descendants that have
 * ended.
 */
function cpuOf(pid) {
  const ticks = family(pid).flatMap((one) => fields(one).slice(11, 15).map(Number));
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND;
}

/** Waits until the processes have been idle for a second. */
async function idle(pid) {
  for (let [last, quiet] = [-1, 0]; quiet < 2;) {
    await sleep(500);
    const now = cpuOf(pid);
    quiet = now === last ? quiet + 1 : 0;
    last = now;
  }
}

if (values.help) console.log(USAGE);
else await measure(countOf("saves"), countOf("every"));
