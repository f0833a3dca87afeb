/** A log entry. It must contain no names, addresses or cookies. */
export type LogEntry = Readonly<Record<string, string | number | boolean | undefined>> & {
  readonly event: string;
};

/** Writes a log entry. */
export type Log = (level: "info" | "warn" | "error", entry: LogEntry) => void;

/** Writes each entry as a line of JSON to standard output, which systemd's journal collects. */
export const jsonLog: Log = (level, entry) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, ...entry })}\n`);
};
