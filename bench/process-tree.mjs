import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Pause between two samples, in milliseconds. */
const SAMPLE_INTERVAL = 25;

/** Whether the system reports each process's share of memory, as Linux does. */
export const canMeasureMemory = readPss("self") !== undefined;

/**
 * Samples a process and all its descendants until the signal, including those in other process groups and sessions.
 *
 * PSS (proportional set size) counts a page that n processes share as 1/n for each, so that it can be summed.
 *
 * @param {number} root - process id
 * @param {AbortSignal} until - ends the sampling
 * @returns {Promise<number>} the highest sum of PSS among the samples, in bytes
 * @see https://www.kernel.org/doc/html/latest/filesystems/proc.html (smaps_rollup)
 */
export async function watchMemory(root, until) {
  // A process whose parent has ended gets another parent, so it stays in the family once it has been seen.
  let family = new Set([root]);
  let peak = 0;
  while (!until.aborted) {
    family = descendants(family);
    let sum = 0;
    for (const pid of family) sum += readPss(pid) ?? 0;
    peak = Math.max(peak, sum);
    await sleep(SAMPLE_INTERVAL);
  }
  return peak;
}

/** The running processes of the family, and all their descendants. */
function descendants(family) {
  const parents = new Map();
  for (const entry of readdirSync("/proc")) {
    const parent = /^\d+$/.test(entry) ? readParent(entry) : undefined;
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const found = new Set([...family].filter((pid) => parents.has(pid)));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return found;
}

function readParent(pid) {
  // "1234 (any text) S 1 ...": the name may contain spaces and brackets, so parsing starts after its last bracket.
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function readPss(pid) {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readOrUndefined(`/proc/${pid}/smaps_rollup`) ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** A process may end between two samples. */
function readOrUndefined(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
