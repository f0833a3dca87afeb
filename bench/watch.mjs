// From a save to the verdict on dev and prod, watched, and beside it a run from nothing in the same minutes; memory over
// the saves. `--saves N`: how many (default: 10). Linux only: it waits until the next run's processes are idle.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const root = join(import.meta.dirname, "..");
const saves = Number(process.argv[process.argv.indexOf("--saves") + 1] || 10) || 10;
const file = join(root, "components/fleet/instance-profile.ts");
const command = [join(root, "packages/rehearse/bin.cjs"), "dev", "prod"];

const child = spawn(process.execPath, [...command, "--watch", "--json"], {
  cwd: root,
  stdio: ["ignore", "pipe", "inherit"],
});
process.once("exit", () => child.kill());
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
await lines.next();

const warm = [];
const cold = [];
for (let save = 0; save < saves; save++) {
  await idle();
  const started = performance.now();
  const { atime } = statSync(file);
  utimesSync(file, atime, new Date());
  await lines.next();
  warm.push((performance.now() - started) / 1000);
  if (save % 5 === 0) {
    await idle();
    const from = performance.now();
    spawnSync(process.execPath, [...command, "--json"], { cwd: root, stdio: "ignore" });
    cold.push((performance.now() - from) / 1000);
    const megabytes = Math.round(
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024,
    );
    console.log(
      `save ${save + 1}: watched ${warm.at(-1).toFixed(2)} s, from nothing ${cold.at(-1).toFixed(2)} s, ${megabytes} MB`,
    );
  }
}
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
console.log(
  `median: watched ${median(warm).toFixed(2)} s, from nothing ${median(cold).toFixed(2)} s, ratio ${(median(warm) / median(cold)).toFixed(2)}`,
);
child.kill();

/** The processes below the rehearsal. */
function family() {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parentOf = new Map(all.map((pid) => [pid, Number(fields(pid)[1])]));
  const below = (pid) =>
    all.filter((one) => parentOf.get(one) === pid).flatMap((one) => [one, ...below(one)]);
  return below(child.pid);
}

function fields(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  } catch {
    return [];
  }
}

function cpuOf(pids) {
  return pids.reduce((sum, pid) => sum + Number(fields(pid)[11] ?? 0) + Number(fields(pid)[12] ?? 0), 0);
}

/** Waits until the processes have done nothing for a second and a half. */
async function idle() {
  for (let [last, quiet] = [-1, 0]; quiet < 3;) {
    await sleep(500);
    const now = cpuOf([child.pid, ...family()]);
    quiet = now === last ? quiet + 1 : 0;
    last = now;
  }
}
