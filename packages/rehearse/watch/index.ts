import { lstatSync } from "node:fs";
import { basename } from "node:path";
import { transpileAnew } from "../hosts/child";
import type { Rehearsal } from "../rehearsal";
import { columnsOf, fold, type Stream, styles, wantsColour } from "../report/style";
import { endingOf } from "../report/text";
import { changedLines, type Result } from "./changes";
import { Folders } from "./folders";
import type { Footprint } from "./footprint";
import type { Ahead } from "./prepared";
import { type Outcome, type Run, type Runner, startRun } from "./run";
import { Saves } from "./saves";

/** The additional options of watching. */
export interface WatchOptions extends Runner {
  readonly stdout: Stream;
  /** Whether each run prints its result as a line of JSON. */
  readonly json: boolean;
  /** Whether the text shows everything. */
  readonly tree: boolean;
  /** Reports what made a run impossible. */
  readonly complain: (error: unknown) => void;
}

/**
 * Rehearses, and again after every change of a dependency of the last run; it never ends. In between, the processes
 * of the next run are already loaded and wait; each serves one run. If what they have read changes, they are killed,
 * and the run starts from scratch.
 */
export async function watch(options: WatchOptions): Promise<never> {
  const ahead: Ahead = new Map();
  const tell = teller(options);
  const saves = new Saves();
  /** The last successful run, and the last run. */
  let former: readonly Run[] = [];
  let run = startRun(ahead, options);
  const known = (): Footprint[] =>
    [...former, run].flatMap(({ settings, early, late }) => [settings, early, late]);
  const folders = new Folders((path, isNew) => {
    if (known().some((one) => one.touches(path, isNew)) && !known().some((one) => one.writes(path)))
      saves.add(path);
  });
  const follow = (): void => folders.follow(known().flatMap(({ watched }) => watched));

  let causes: readonly string[] = [];
  for (;;) {
    follow();
    run.begin();
    const outcome = await Promise.race([run.outcome, saves.arrived()]);
    const isCancelled = outcome === "saved";
    if (!isCancelled) {
      const isGood = tell(outcome, causes);
      former = isGood ? [run] : [...former.slice(0, 1), run];
      follow();
      const missed = run.outdated();
      if (missed !== undefined) saves.add(missed);
      run = startRun(ahead, options);
      await saves.arrived();
    }
    causes = saves.take();
    transpileAnew();
    const early = [...former, run].flatMap((one) => [one.settings, one.early]);
    if (
      isCancelled ||
      run.isOver() ||
      causes.some((path) => early.some((one) => one.isOutdatedBy(path, true))) ||
      // The waiting processes have already resolved where their modules are.
      !causes.every((path) => isFile(path) && known().some(({ files }) => files.has(path)))
    ) {
      run.cancel();
      run = startRun(ahead, options);
    }
  }
}

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * Returns a function that prints a run's result, compared with the last successful one of each stack, and returns
 * whether it succeeded.
 */
function teller({ stdout, json, tree, complain }: WatchOptions) {
  const style = styles(wantsColour(stdout));
  const last = new Map<string, Result>();
  const write = (text: string): void => void stdout.write(`${text}\n`);
  const print = (text: string): void => write(fold(text, columnsOf(stdout)));

  /** The verdict on a stack, and the changes in its result. */
  const changeText = (before: Result, after: Result): string => {
    const { rehearsal } = after;
    const lines = changedLines(before, after, style, tree);
    const verdict = `${style.bold(`${rehearsal.stack}:`)} ${endingOf(rehearsal, style)} in ${rehearsal.seconds.toFixed(1)} s`;
    return [lines.length === 0 ? `${verdict}; nothing changed` : verdict, ...lines].join("\n");
  };

  return (outcome: Outcome, causes: readonly string[]): boolean => {
    const isFirst = causes.length === 0;
    if (!json && !isFirst) print(`\n${style.bold(heading(causes))}`);
    if ("error" in outcome) {
      complain(outcome.error);
      return false;
    }
    const { rehearsals, costs, text, json: document } = outcome.done;
    if (json) write(JSON.stringify(document()));
    for (const rehearsal of rehearsals) {
      const [before, after] = [last.get(rehearsal.stack), { rehearsal, cost: costs.get(rehearsal) }];
      const hasFailed = rehearsal.verdict === "failed";
      if (!json) {
        if (before === undefined || hasFailed) write(`${text(rehearsal)}\n`);
        else print(changeText(before, after));
      }
      if (!hasFailed) last.set(rehearsal.stack, after);
    }
    if (!json && isFirst)
      print("Waiting for changes to the files that the result depends on; press Ctrl-C to end.");
    return rehearsals.every(({ verdict }: Rehearsal) => verdict !== "failed");
  };
}

/** The most files in a heading. */
const NAMED = 3;

/** The time and the cause of a run. */
function heading(causes: readonly string[]): string {
  const names = causes.slice(0, NAMED).map((path) => basename(path));
  const more = causes.length - names.length;
  const [time = ""] = new Date().toTimeString().split(" ");
  return `── ${time}  ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
