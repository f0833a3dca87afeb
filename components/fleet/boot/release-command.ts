import type { Boot, BootFile } from "./parts";

/** The command that {@link releaseCommandUnit} runs. */
export interface ReleaseCommandUnitArgs {
  /** Program and arguments, in the form of the application's own command. */
  readonly command: readonly string[];
  /** Seconds after which the command is ended and counts as failed. */
  readonly timeoutSeconds: number;
}

const UNIT = "store-release.service";

/** The command's output: in memory, readable by root only. */
const LOG = "/run/store/release.log";

/** Number of the last lines of output that are shown if the command fails. */
const LAST_LINES = 30;

/**
 * The unit that runs a command with the application's files, user, sandbox and variables. Only {@link
 * RELEASE_COMMAND_SCRIPT} starts it.
 *
 * @param boot - how the application boots
 * @param given - lines that provide its variables
 * @throws RangeError if the application can't run other commands
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Type= (oneshot)
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#StandardOutput=
 */
export function releaseCommandUnit(
  { command, timeoutSeconds }: ReleaseCommandUnitArgs,
  boot: Boot,
  given: Pick<Boot, "unit" | "service">,
): BootFile {
  if (boot.runs === undefined)
    throw new RangeError("A release command needs an artifact or a container: set application.source.");
  const lines = [
    "[Unit]",
    "Description=Release command of the store",
    ...given.unit,
    ...boot.unit,
    "",
    "[Service]",
    "Type=oneshot",
    ...given.service,
    ...boot.runs(command),
    `TimeoutStartSec=${timeoutSeconds}`,
    `StandardOutput=append:${LOG}`,
  ];
  return { path: `/etc/systemd/system/${UNIT}`, marker: "END_OF_UNIT", text: `${lines.join("\n")}\n` };
}

/**
 * Starts the unit and streams its output. If the command fails, prints the last lines again on stderr. Exits
 * with the command's result. If started twice on an instance, the second run waits for the first, because
 * systemd runs one start of a unit at a time.
 */
export const RELEASE_COMMAND_SCRIPT: readonly string[] = [
  "mkdir --parents --mode=0700 /run/store",
  `true > ${LOG}`,
  `systemctl start ${UNIT} &`,
  `tail --follow --lines=+1 --pid=$! ${LOG}`,
  "wait $! && exit 0",
  "status=$?",
  `tail --lines=${LAST_LINES} ${LOG} >&2`,
  "exit $status",
];
