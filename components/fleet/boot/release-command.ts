import type { Boot, BootFile } from "./parts";

/** What {@link releaseCommandUnit} runs. */
export interface ReleaseCommandUnitArgs {
  /** Program and arguments, as the application's own are written. */
  readonly command: readonly string[];
  /** Seconds after which it is ended, and counts as failed. */
  readonly timeoutSeconds: number;
}

const UNIT = "store-release.service";

/** What the command prints: in memory, for root alone. */
const LOG = "/run/store/release.log";

/** Lines of what it prints last that are shown where it failed. */
const LAST_LINES = 30;

/**
 * The unit that runs a command as the application runs: its files, user, sandbox and variables. Nothing starts it but
 * {@link RELEASE_COMMAND_SCRIPT}.
 *
 * @param boot - how the application boots
 * @param given - what gives it its variables
 * @throws RangeError if the application is nothing that commands can be run of
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
 * Starts the unit and prints what it prints, line by line as it comes; where it fails, the last lines once more on stderr.
 * Ends as it ended. Started twice on an instance, the second waits for the first: systemd starts a unit once at a time.
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
