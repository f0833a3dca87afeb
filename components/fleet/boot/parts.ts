/** A file that a script writes. */
export interface BootFile {
  /** Absolute path, without spaces. */
  readonly path: string;
  /** The here-document's delimiter; no line of the text equals it. */
  readonly marker: string;
  /** The file's text, including its last newline. */
  readonly text: string;
}

/** What an application needs to run as the systemd service `store.service`. */
export interface Boot {
  /** Bash commands to run first, one per element. They may call `retry` of {@link RETRY}. */
  readonly steps: readonly string[];
  /** Files to write after the steps. */
  readonly files: readonly BootFile[];
  /** Lines of the unit's section `[Unit]`, in addition to the common ones. */
  readonly unit: readonly string[];
  /** Lines of the unit's section `[Service]`. */
  readonly service: readonly string[];
  /**
   * Lines of `[Service]` that run another command in the same way as the application's; undefined if the
   * application can't run other commands.
   */
  readonly runs?: (command: readonly string[]) => readonly string[];
}

/**
 * A systemd unit of a service that runs as long as the instance. It is started at every boot and restarted
 * two seconds after it ends, without limit. By default, systemd gives up at the fifth start within ten
 * seconds.
 *
 * A unit whose `Requires=` fails to start is never restarted, so the lines of `unit` contain none. A service
 * does what it needs first in its own `ExecStartPre=`.
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
 * Bash that tries a command ten times: an instance's role and network may become available some seconds late.
 */
export const RETRY = `retry() {
  local attempt
  for attempt in 1 2 3 4 5 6 7 8 9; do
    "$@" && return
    sleep "$attempt"
  done
  "$@"
}`;
