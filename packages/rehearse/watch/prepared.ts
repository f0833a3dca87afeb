import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import type { Channel } from "../hosts/child";
import { startPack } from "../hosts/pack-process";
import { type ProgramOptions, startProgram } from "../hosts/program";
import type { Project } from "../project/project";
import type { Hosts } from "../rehearsal";
import { Footprint, type InstalledModule, type News } from "./footprint";

/** Milliseconds by which the clock of a file system may be behind. */
const CLOCK = 10;

/** By stack: the SDK modules and own modules that its program loaded the last time. */
export type Ahead = Map<
  string,
  { readonly installed: readonly InstalledModule[]; readonly own: readonly string[] }
>;

/** The processes of a run that hasn't begun. */
export interface Prepared {
  /** The hosts of the run. */
  readonly hosts: Hosts;
  /** What is read before the run begins: if that changes, the processes are no longer usable. */
  readonly early: Footprint;
  /** What is read afterwards. */
  readonly late: Footprint;
  /** The first file that has changed since it was read; undefined if none has. */
  outdated(): string | undefined;
  /** Lets the programs continue. */
  begin(): void;
  /** Ends the run and its processes, whose result is no longer needed. */
  cancel(): void;
}

/**
 * Starts processes at once. With the SDKs loaded, the programs stop before their own first module until the run
 * begins. Each process serves one run.
 *
 * @param ahead - the modules that programs load before they stop; it is updated
 */
export function prepare(ahead: Ahead): Prepared {
  const [early, late] = [new Footprint(), new Footprint()];
  const since = Date.now() - CLOCK;
  const started: { kill(): void }[] = [];
  const waiting: Duplex[] = [];
  let begun = Infinity;
  let isCancelled = false;
  let resolve: (begun: number) => void = () => undefined;
  const begins = new Promise<number>((done) => (resolve = done));

  const serve = (
    stream: Duplex,
    onNews: (news: News & { readonly waits?: readonly true[] }) => void,
  ): void => {
    const lines = createInterface({ input: stream });
    for (const end of [stream, lines]) end.on("error", () => undefined); // The process has ended.
    lines.on("line", (line) => onNews(JSON.parse(line) as News));
  };
  const ofProgram = ({ stack, project }: ProgramOptions): Channel => ({
    waits: waitsFor(project),
    serve(stream) {
      const [installed, own]: [InstalledModule[], string[]] = [[], []];
      let hasWaited = false;
      serve(stream, (news) => {
        (hasWaited ? late : early).add(news);
        hasWaited ||= news.waits !== undefined;
        installed.push(...(news.installed ?? []));
        own.push(...(news.module ?? []));
        ahead.set(stack, { installed, own });
      });
      stream.write(`${JSON.stringify(ahead.get(stack) ?? { installed: [], own: [] })}\n`);
      if (begun === Infinity) waiting.push(stream);
      else stream.write("\n");
    },
  });
  const ofPack: Channel = {
    waits: "never",
    serve: (stream) => serve(stream, (news) => early.add(asRead(news))),
  };
  const keep = <Started extends { kill(): void }>(one: Started): Started => {
    // With many stacks, the last processes start when the first have ended.
    if (isCancelled) one.kill();
    started.push(one);
    return one;
  };
  const begin = (): void => {
    if (begun === Infinity) begun = Date.now();
    for (const stream of waiting.splice(0)) stream.write("\n");
    resolve(begun);
  };
  return {
    early,
    late,
    begin,
    outdated: () => early.changedSince(since) ?? late.changedSince(begun - CLOCK),
    hosts: {
      begins,
      parallel: true,
      startPack: (files, run) => keep(startPack(files, run, ofPack)),
      startProgram: (options) => keep(startProgram(options, ofProgram(options))),
    },
    cancel() {
      isCancelled = true;
      for (const one of started) one.kill();
      begin();
    },
  };
}

/** A pack's own code may use more of an existence check than the existence: treat it as a read. */
const asRead = ({ read = [], looked = [], ...news }: News): News => ({
  ...news,
  read: [...read, ...looked.map(([path]) => path)],
});

/** ES module loaders read a program's files where they can't be stopped. */
export function waitsFor({ workingDir, entryPoint, runtime }: Project): Channel["waits"] {
  const isModule = /"type"\s*:\s*"module"/.test(manifestOf(workingDir)) || entryPoint.endsWith(".mjs");
  return isModule || /--(import|loader|experimental-loader)\b/.test(runtime.nodeargs) ? "start" : "module";
}

/** The text of the nearest package.json, from a folder upwards. */
function manifestOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, "package.json");
    if (existsSync(file)) return readFileSync(file, "utf8");
    if (dirname(at) === at) return "";
  }
}
