import { existsSync, readdirSync, readFileSync } from "node:fs";

/** What a process and all below it hold. */
export interface Holdings {
  readonly processes: number;
  /** Open files, sockets and pipes of the process itself. */
  readonly files: number;
  /** Resident memory of the process itself, in bytes. */
  readonly resident: number;
}

/** A process and its descendants, as Linux lists them in `/proc`. */
export function holdingsOf(pid: number): Holdings {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return {
    processes: family(pid).length,
    files: count(`/proc/${pid}/fd`),
    resident: Number(kilobytes ?? 0) * 1024,
  };
}

/** A process and all below it; only itself where there is no `/proc`. */
export function family(pid: number): number[] {
  const below = new Map<number, number[]>();
  for (const entry of existsSync("/proc/self/stat") ? readdirSync("/proc") : []) {
    if (!/^\d+$/.test(entry)) continue;
    // "1234 (any text) S 1 ...": the name may hold spaces and brackets, so it is looked for from its last bracket.
    const stat = read(`/proc/${entry}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    below.set(parent, [...(below.get(parent) ?? []), Number(entry)]);
  }
  const all = (one: number): number[] => [one, ...(below.get(one) ?? []).flatMap(all)];
  return all(pid);
}

/** A process may end while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function count(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}
