import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

/**
 * Whether a caller on this machine is a process of another user, except root. Only Linux provides this; elsewhere
 * every caller passes.
 *
 * @param caller - connected over IPv4
 */
export function isStranger({ remoteAddress = "", remotePort = 0, localPort = 0 }: Socket): boolean {
  const own = process.getuid?.();
  if (process.platform !== "linux" || own === undefined) return false;
  const ends = { from: remoteAddress, fromPort: remotePort, toPort: localPort };
  const tables = ["tcp", "tcp6"].map(tableOf);
  // Without /proc the user isn't known.
  if (tables.every((table) => table === "")) return false;
  const users = tables.flatMap((table) => userOf(table, ends) ?? []);
  return !users.some((user) => user === own || user === ROOT);
}

const ROOT = 0;

/** The two ends of a connection, as the server sees them. */
export interface Ends {
  /** An IPv4 address. */
  readonly from: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/**
 * The user that owns the process at the other end of a connection.
 *
 * @param table - as in `/proc/net/tcp`. @see https://man7.org/linux/man-pages/man5/proc_pid_net.5.html
 * @returns undefined if it isn't in the table
 */
export function userOf(table: string, { from, fromPort, toPort }: Ends): number | undefined {
  const address = from.split(".").reverse().map(Number).map(hex(2)).join("");
  const port = hex(4);
  for (const row of table.split("\n").slice(1)) {
    const [, local = "", remote = "", , , , , user] = row.trim().split(/\s+/);
    if (local.endsWith(`${address}:${port(fromPort)}`) && remote.endsWith(`:${port(toPort)}`))
      return Number(user);
  }
  return undefined;
}

const hex =
  (digits: number) =>
  (value: number): string =>
    value.toString(16).toUpperCase().padStart(digits, "0");

function tableOf(protocol: string): string {
  try {
    return readFileSync(`/proc/net/${protocol}`, "utf8");
  } catch {
    return "";
  }
}
