/** A file that a script writes. */
export interface BootFile {
  /** Absolute, without spaces. */
  readonly path: string;
  /** The line that ends the text in the script; the text has no such line. */
  readonly marker: string;
  /** The file's text, its last newline included. */
  readonly text: string;
}

/** What an application needs to be a systemd service called `store.service`. */
export interface Boot {
  /** Bash to run first, a command an element; it may call {@link RETRY}'s `retry`. */
  readonly steps: readonly string[];
  /** What to write then. */
  readonly files: readonly BootFile[];
  /** Lines of the unit's section `[Unit]`, beside those that all have. */
  readonly unit: readonly string[];
  /** Lines of its section `[Service]`. */
  readonly service: readonly string[];
  /** Lines of `[Service]` that run another command just as the application's own; undefined where nothing can be run so. */
  readonly runs?: (command: readonly string[]) => readonly string[];
}

/**
 * A systemd unit of a service that runs for as long as the instance: started at every boot, and again two seconds after
 * it ended, however often that was. By default systemd gives up at the fifth start within ten seconds.
 *
 * A unit whose `Requires=` can't start isn't started again at all, so the lines of `unit` have none: what a service needs
 * first is its own `ExecStartPre=`.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html (StartLimitIntervalSec)
 * @see https://github.com/systemd/systemd/issues/1312
 */
export function systemdUnit(name: string, unit: readonly string[], service: readonly string[]): BootFile {
  const lines = [
    "[Unit]",
    ...unit,
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    ...service,
    "Restart=always",
    "RestartSec=2",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ];
  return {
    path: `/etc/systemd/system/${name}.service`,
    marker: "END_OF_UNIT",
    text: `${lines.join("\n")}\n`,
  };
}

/** Bash that writes a file. */
export function written({ path, marker, text }: BootFile): string {
  return `cat > ${path} <<'${marker}'\n${text}${marker}\n`;
}

/**
 * Bash that tries a command ten times: the role and the network of an instance can be some seconds late.
 */
export const RETRY = `retry() {
  local attempt
  for attempt in 1 2 3 4 5 6 7 8 9; do
    "$@" && return
    sleep "$attempt"
  done
  "$@"
}`;
