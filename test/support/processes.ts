import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Reads facts about processes from Linux's `/proc`; tests that need it run only on Linux. */

/**
 * The ids of the processes whose environment contains `NAME=value`, including processes that are not children of this
 * one.
 */
export function processesWith(name: string, value: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => read(`/proc/${pid}/environ`).split("\0").includes(`${name}=${value}`))
    .map(Number);
}

/** The command line of a process, its arguments separated by spaces; empty once it has ended. */
export function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).split("\0").join(" ");
}

/** The addresses on which a process listens, in hexadecimal as in `/proc/net/tcp`: `0100007F:1F90`. */
export function listeningAddresses(pid: number): string[] {
  const sockets = new Set(
    list(`/proc/${pid}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
    ),
  );
  const LISTEN = "0A";
  return ["tcp", "tcp6"].flatMap((table) =>
    read(`/proc/${pid}/net/${table}`)
      .split("\n")
      .slice(1)
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTEN && sockets.has(inode ?? ""))
      .map(([, address]) => address ?? ""),
  );
}

/** A process may end while its files are read. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

const read = (file: string): string => attempt(() => readFileSync(file, "utf8"), "");
const list = (folder: string): string[] => attempt(() => readdirSync(folder), []);
const link = (file: string): string => attempt(() => readlinkSync(file), "");
