/** A line of the log: no names, addresses or cookies in it. */
export type LogEntry = Readonly<Record<string, string | number | boolean | undefined>> & {
  readonly event: string;
};

/** Where lines of the log go. */
export type Log = (level: "info" | "warn" | "error", entry: LogEntry) => void;

/** Writes each line as JSON to standard output, where systemd's journal takes it. */
export const jsonLog: Log = (level, entry) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, ...entry })}\n`);
};
