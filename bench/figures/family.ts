import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The resources that a process and its descendants use. */
export interface Holdings {
  readonly processes: number;
  /** Number of open files, sockets and pipes of the process itself. */
  readonly files: number;
  /** Resident memory of the process itself, in bytes. */
  readonly resident: number;
}

/** What Linux's `/proc` reports for a process and its descendants. */
export function holdingsOf(pid: number): Holdings {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return {
    processes: family(pid).length,
    files: count(`/proc/${pid}/fd`),
    resident: Number(kilobytes ?? 0) * 1024,
  };
}

/** The ids of a process and its descendants; only its own where there is no `/proc`. */
export function family(pid: number): number[] {
  const below = new Map<number, number[]>();
  for (const entry of existsSync("/proc/self/stat") ? readdirSync("/proc") : []) {
    if (!/^\d+$/.test(entry)) continue;
    // "1234 (any text) S 1 ...": the name may contain spaces and brackets, so parsing starts after its last bracket.
    const stat = read(`/proc/${entry}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    below.set(parent, [...(below.get(parent) ?? []), Number(entry)]);
  }
  const all = (one: number): number[] => [one, ...(below.get(one) ?? []).flatMap(all)];
  return all(pid);
}

/** A process may end while its files are read. */
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
