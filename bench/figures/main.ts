/** Measures the figures of docs/figures.md: `npm run figures`. */
import { whatThereIs } from "../../packages/rehearse/cli/nearest";
import { FLAG, readCommandLine, TEXT, UsageError } from "../../packages/rehearse/cli/command-line";
import { runTool } from "../../tools/cli/command";
import { family } from "./family";
import { keep, loadNow, machineOf, writePage } from "./kept";
import { isMet, type Measured, NotMeasured, type Part } from "./part";
import { PARTS } from "./parts";

/** Milliseconds between two progress messages. */
const TELL_EVERY = 15_000;

/** Milliseconds within which an interrupted part must end. */
const GRACE = 10_000;

const USAGE = `npm run figures -- [PART...] [options]

Measures the project's promises: every part, unless PART is given. Saves the results in bench/figures/figures.json and
generates docs/figures.md from them. If it is interrupted, it saves the results so far. The exit status is 1 if a goal is
missed or the run is interrupted.

${PARTS.map(({ name, count, counted }) => `  ${name.padEnd(13)} ${count === 0 ? "once" : `${count} ${counted}`}`).join("\n")}

  --count N   number of runs, instead of the defaults above
  --dry-run   measure without saving
  --page      generate the page from the saved results, without measuring
  --help      print this help`;

/**
 * Runs the command line.
 *
 * @param log - receives the lines of output
 * @param interrupted - aborted to end the run
 * @returns the exit status
 * @throws UsageError for unknown parts and options
 */
export async function main(
  argv: readonly string[],
  log: (line: string) => void,
  interrupted: AbortSignal,
  parts: readonly Part[] = PARTS,
): Promise<number> {
  const line = readCommandLine(USAGE, argv, { count: TEXT, "dry-run": FLAG, page: FLAG });
  if (line === undefined) {
    log(USAGE);
    return 0;
  }
  const { values, positionals } = line;
  const chosen = positionals.length === 0 ? parts : positionals.map((name) => partOf(name, parts));
  const given = values.count === undefined ? undefined : countOf(values.count);
  if (values.page === true) {
    await writePage();
    return 0;
  }
  let missed = 0;
  for (const part of chosen) {
    if (interrupted.aborted) break;
    const count = given ?? part.count;
    const started = { at: Date.now(), load: loadNow() };
    const measured = await measure(part, count, log, interrupted);
    if (measured === undefined) continue;
    missed += measured.figures.filter((figure) => isMet(figure) === false).length + measured.faults.length;
    if (values["dry-run"] === true) continue;
    const seconds = Math.round((Date.now() - started.at) / 1000);
    const date = new Date(started.at).toISOString().slice(0, 10);
    await keep(part.name, { count, date, seconds, machine: machineOf(started.load), ...measured });
  }
  return missed === 0 && !interrupted.aborted ? 0 : 1;
}

/** Measures a part and prints its result; returns undefined if the part couldn't be measured. */
async function measure(
  part: Part,
  count: number,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<Measured | undefined> {
  let progress = "it begins";
  const started = Date.now();
  const tell = (text: string): void =>
    log(`${part.name}, ${Math.round((Date.now() - started) / 1000)} s: ${text}`);
  const telling = setInterval(() => tell(progress), TELL_EVERY);
  const gaveUp = new Promise<never>((_, reject) => {
    const giveUp = (): void =>
      reject(new NotMeasured(`it was interrupted, and returned nothing in ${GRACE} ms`));
    signal.addEventListener("abort", () => void setTimeout(giveUp, GRACE).unref(), { once: true });
  });
  gaveUp.catch(() => undefined);
  tell(count === 0 ? progress : `${progress}: ${count} ${part.counted}`);
  try {
    const measuring = part.measure({ count, signal, log: (text) => (progress = text) });
    const measured = await Promise.race([measuring, gaveUp]);
    for (const figure of measured.figures) {
      const met = isMet(figure);
      const verdict = met === undefined ? "" : met ? ", met" : ", MISSED";
      const of = figure.of === undefined ? "" : ` of ${figure.of}`;
      tell(`${figure.what}: ${figure.value} ${figure.unit}${of}${verdict}`);
    }
    for (const fault of measured.faults) tell(`fault: ${fault}`);
    return measured;
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    tell(`not measured: ${error.message}`);
    return undefined;
  } finally {
    clearInterval(telling);
  }
}

function partOf(name: string, parts: readonly Part[]): Part {
  const part = parts.find((one) => one.name === name);
  if (part !== undefined) return part;
  const names = parts.map((one) => one.name);
  throw new UsageError(`there is no part "${name}"; ${whatThereIs(name, "parts", names)}`);
}

function countOf(given: string): number {
  if (/^[1-9]\d{0,6}$/.test(given)) return Number(given);
  throw new UsageError(`--count is "${given}"; it must be a whole number from 1 to 9999999`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has already ended.
  }
}

if (require.main === module) {
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  process.once("SIGTERM", () => interrupt.abort());
  // Kills any processes that a part left running.
  process.once("exit", () => family(process.pid).slice(1).forEach(kill));
  runTool("figures", async () => {
    const status = await main(process.argv.slice(2), (line) => console.log(line), interrupt.signal);
    process.exit(status);
  });
}
