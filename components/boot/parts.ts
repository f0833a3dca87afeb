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
  /** Bash to run first, a command an element. */
  readonly steps: readonly string[];
  /** What to write then. */
  readonly files: readonly BootFile[];
  /** Lines of the unit's section `[Unit]`, beside those that all have. */
  readonly unit: readonly string[];
  /** Lines of its section `[Service]`. */
  readonly service: readonly string[];
}

/** A systemd unit, to be started at every boot unless another one requires it. */
export function systemdUnit(
  name: string,
  unit: readonly string[],
  service: readonly string[],
  isRequired: boolean = false,
): BootFile {
  const install = isRequired ? [] : ["", "[Install]", "WantedBy=multi-user.target"];
  const lines = ["[Unit]", ...unit, "", "[Service]", ...service, ...install];
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
