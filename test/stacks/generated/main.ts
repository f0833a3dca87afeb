/**
 * Rehearses generated stack files, and runs the policies on every request that each would send to AWS. Prints refusals
 * and failures by policy, each with the stack file that has the fewest changes; the exit status is then 1.
 *
 * ```
 * npm run generated -- --runs 2000
 * npm run generated -- --runs 2000 --seed 42    # the same files again
 * npm run generated -- --cover --runs 60        # a few that make every choice of every setting, then the 60 of 360 that
 *                                               # make the most pairs of choices
 * ```
 */
import { randomInt } from "node:crypto";

import fc from "fast-check";

import { FLAG, readCommandLine, TEXT } from "../../../packages/rehearse/cli/command-line";
import { runTool } from "../../../tools/cli/command";
import { type StackFile, stackFiles } from "../../support/stack-files-arbitrary";
import { CHOICES, covering, mostPairs } from "./choices";
import { Judge, type Refusal } from "./judge";

/** A policy's refusals: the number of stack files, and one of these. */
interface Refused {
  readonly count: number;
  readonly refusal: Refusal;
  readonly file: StackFile;
}

/** Milliseconds between two progress messages. */
const TELL_EVERY = 15_000;

const USAGE = `npm run generated -- [options]

Makes up stack files from their schema, rehearses each and has the policies judge every request.

  --runs N  stack files (default: 200)
  --seed N  the same ones again (default: others each time)
  --cover   a few, the same each time, that make every choice of every setting; then, of six times N, the N that make
            the most pairs of choices; fails if some choice is never made
  --help    print this help`;

/**
 * Runs the command line.
 *
 * @param log - receives the lines of output
 * @returns the exit status
 */
export async function main(argv: readonly string[], log: (line: string) => void): Promise<number> {
  const line = readCommandLine(USAGE, argv, { runs: TEXT, seed: TEXT, cover: FLAG }, false);
  if (line === undefined) {
    log(USAGE);
    return 0;
  }
  const { values } = line;
  const numRuns = Number(values.runs ?? 200);
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  const judge = await Judge.open();
  const refused = new Map<string, Refused>();
  const sum = { requests: 0, tried: 0, kept: 0 };
  let toldAt = Date.now();
  const cover = values.cover === true ? covering() : { files: [], missed: [] };
  if (values.cover === true)
    log(
      cover.missed.length === 0
        ? `${cover.files.length} stack files make all ${CHOICES.size} choices of the settings`
        : `No stack file makes the choice ${cover.missed.join(", ")}`,
    );
  const some = (times: number): StackFile[] => fc.sample(stackFiles(), { numRuns: times * numRuns, seed });
  const files =
    values.cover === true ? [...cover.files, ...mostPairs(numRuns, some(6), cover.files)] : some(1);
  for (const [judged, file] of files.entries()) {
    if (Date.now() - toldAt > TELL_EVERY) {
      toldAt = Date.now();
      console.error(`${judged} of ${files.length} stack files judged`);
    }
    const { requests, refusals } = await judge.judge(file.config);
    sum.requests += requests;
    sum.tried += file.changes.tried;
    sum.kept += file.changes.kept;
    const ofFile = new Map(refusals.map((refusal) => [refusal.policy, refusal]));
    for (const [policy, refusal] of ofFile) {
      const { count, ...first } = refused.get(policy) ?? { count: 0, refusal, file };
      const example = file.changes.kept < first.file.changes.kept ? { refusal, file } : first;
      refused.set(policy, { count: count + 1, ...example });
      if (count === 0) console.error(`${policy} refuses one of them`);
    }
  }
  const share = Math.round((100 * sum.kept) / sum.tried);
  log(
    `seed ${seed}: ${files.length} stack files, ${sum.requests} requests; ${share} percent of ${sum.tried} changes go together`,
  );
  for (const [policy, { count, refusal, file }] of refused) {
    log(`\n${policy} refuses ${count} of them:\n${refusal.message}`);
    log(`for example of: ${JSON.stringify({ config: file.config })}`);
  }
  return refused.size === 0 && cover.missed.length === 0 ? 0 : 1;
}

if (require.main === module)
  runTool("generated", () => main(process.argv.slice(2), (line) => console.log(line)));
