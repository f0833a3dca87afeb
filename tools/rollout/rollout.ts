import { CliError, type Ended, run, statusOf, type Streams } from "../cli/command";
import { explain, faultIn } from "../cli/faults";
import { followRelease } from "../refreshes/follow";
import { noteGroups } from "../refreshes/groups";
import { LIMITS } from "../refreshes/watch";
import { runCommandOnce } from "./command";
import { dryRun } from "./dry-run";
import { type Options, readOptions, USAGE } from "./options";
import { configure, type Position, releaseOf, shareOf } from "./release";
import { backAt, stepsTo } from "./steps";
import { readyToWatch, watchStep } from "./watch";

const EXIT = { done: 0, returned: 1, stopped: 2, stuck: 3, interrupted: 130 } as const;

/** Receives the log lines, and Pulumi's output. */
interface Output {
  readonly log: (line: string) => void;
  readonly pulumi: Streams["stderr"];
}

/**
 * Runs the command line.
 *
 * @returns the exit status
 */
export function rollout(argv: readonly string[], streams: Streams): Promise<number> {
  return statusOf(
    "rollout",
    async () => {
      const options = readOptions(argv);
      const log = (line: string): void => void streams.stdout.write(`${line}\n`);
      if (options === undefined) log(USAGE);
      else return options.dryRun ? dryRun(options, log) : takeSteps(options, { log, pulumi: streams.stderr });
      return EXIT.done;
    },
    streams,
  );
}

/** Takes all remaining steps, and returns visitors at the first failure. Returns the exit status. */
async function takeSteps(options: Options, output: Output): Promise<number> {
  const { stack, to } = options;
  const { log } = output;
  const start = await releaseOf(stack);
  if (to === undefined) return (await goTo(options, start, backAt(start), "back", output)) ?? EXIT.done;
  const share = shareOf(start, to);
  const steps = stepsTo(to, start, options.steps);
  if (steps.length === 0) {
    log(`${to} is live in ${stack} already.`);
    return EXIT.done;
  }
  if (start.alarmNames.length === 0 && !options.withoutAlarms)
    throw new CliError(
      `${stack} has no alarms, so it would go unnoticed if a step harms visitors.\n` +
        "  remedy: set alarms.enabled and deploy, or use --without-alarms and watch it yourself",
    );
  // A rollout between two colours first watches its current step, and returns if an alarm fires.
  if (share === 0) await readyToWatch(start);
  log(`${stack}: ${start.live} is live, ${to} has ${share} % of the visitors. To do: ${titles(steps)}.`);
  if (share > 0) {
    log(`at ${share} % to ${to}, where an earlier rollout stopped`);
    const failed = await watchStep({ options, release: start, log });
    if (failed !== undefined) return goBack(options, start, failed, output);
  }
  let standing: Position = start;
  for (const { title, position } of steps) {
    const ended = await goTo(options, standing, position, title, output);
    if (ended !== undefined) return ended;
    standing = position;
    // Read again: a colour without weight has no alarms, and the release may have changed.
    const release = await releaseOf(stack);
    if (shareOf(position, to) === 0) {
      const failed = await runCommandOnce({ options, release, colour: to, log });
      if (failed !== undefined) return stopBefore(to, start.live, failed, log);
    }
    const failed = await watchStep({ options, release, log });
    if (failed !== undefined) return goBack(options, start, failed, output);
    log(`  ok`);
  }
  log(
    `${to} is live. The other colour still has its instances, for the way back: npm run rollout -- ${stack} --to ${start.live}.\n` +
      `To empty it: pulumi config set --stack ${stack} --path web-store:blueGreen.fillIdle false, then deploy.`,
  );
  return EXIT.done;
}

/** Takes one step. Returns an exit status if the rollout ends here. */
async function goTo(
  options: Options,
  from: Position,
  position: Position,
  title: string,
  output: Output,
): Promise<number | undefined> {
  const { stack } = options;
  const { log } = output;
  log(`${title}: blue ${position.weights.blue}, green ${position.weights.green}, ${position.live} live`);
  const noted = await noteGroups(stack, true);
  await configure(stack, position);
  const ended = await up(stack, title, output);
  const limits = { ...LIMITS, intervalSeconds: options.intervalSeconds };
  if (ended.status === 0) {
    const release = await followRelease(stack, noted, (line) => log(`  ${line}`), limits);
    if (release === "out") return undefined;
    if (release === "stopped") return EXIT.interrupted;
    return goBack(options, from, `the instances don't all run the release at: ${title}`, output);
  }
  log(explain(`pulumi up of ${stack}`, ended));
  if (faultIn(ended) !== undefined || !hasBegun(ended)) {
    // Nothing has started, so only the file is reverted.
    await configure(stack, from);
    log(`Nothing was changed. Fix the problem, then start the rollout again: it continues here.`);
    return EXIT.stopped;
  }
  return goBack(options, from, `pulumi up failed at: ${title}`, output);
}

/** Ends the rollout before a colour without visitors gets any. */
function stopBefore(colour: string, live: string, why: string, log: Output["log"]): number {
  log(
    `FAILED: ${why}\n${colour} gets no visitors; all are with ${live}. It keeps its instances for inspection.\n` +
      "  remedy: fix the release, its command or the data, then start the rollout again: it runs the command again.\n" +
      `  note:   also check ${live} if the command may have changed only part of the data`,
  );
  return EXIT.returned;
}

/** Returns all visitors to the colour that was live when the rollout began. */
async function goBack(options: Options, from: Position, why: string, output: Output): Promise<number> {
  const { stack } = options;
  const { log } = output;
  const position = backAt(from);
  log(`FAILED: ${why}\nreturning all visitors to ${position.live}`);
  await configure(stack, position);
  const ended = await up(stack, "return", output);
  if (ended.status === 0) {
    log(`All visitors are back at ${position.live}. The other colour keeps its instances for inspection.`);
    return EXIT.returned;
  }
  log(
    `${explain(`the return of ${stack}`, ended)}\n` +
      `LOOK AT ONCE: visitors may still be with the new colour. The configuration is set for the return:\n` +
      `  pulumi up --stack ${stack}`,
  );
  return EXIT.stuck;
}

/** Whether an `up` got past its preview, as far as its output shows. */
function hasBegun({ stdout, stderr }: Ended): boolean {
  const said = `${stdout}\n${stderr}`;
  return !/^Previewing update/m.test(said) || /^Updating/m.test(said);
}

/** With the preview, so that the policies' stack rules run before any change. */
const up = (stack: string, title: string, { pulumi }: Output) =>
  run(
    "pulumi",
    [
      "up",
      "--stack",
      stack,
      "--yes",
      "--non-interactive",
      "--policy-pack",
      "policies",
      "--message",
      `rollout: ${title}`,
    ],
    { show: pulumi },
  );

const titles = (steps: readonly { readonly title: string }[]): string =>
  steps.map(({ title }) => title).join(", ");
