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

/** By stack: what its program loaded the last time, of the SDKs and of its own modules. */
export type Ahead = Map<
  string,
  { readonly installed: readonly InstalledModule[]; readonly own: readonly string[] }
>;

/** The processes of a run that hasn't begun. */
export interface Prepared {
  /** What the run is to be given. */
  readonly hosts: Hosts;
  /** What is read before it begins: if that changes, the run is of no use any more. */
  readonly early: Footprint;
  /** What is read afterwards. */
  readonly late: Footprint;
  /** A file that has changed since it was read, if there is one. */
  outdated(): string | undefined;
  /** Lets the programs go on. */
  begin(): void;
  /** Ends it and its processes, whose result nobody wants any more. */
  cancel(): void;
}

/**
 * Processes that start at once, as any do; the programs stop before the first module of their own, with the SDKs loaded,
 * until the run begins. Each serves one run.
 *
 * @param ahead - what programs load before they stop; it is kept up to date
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
    // Of many stacks, the last start when the first have ended.
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

/** A pack's own code has looked, and may have seen more than whether something is there. */
const asRead = ({ read = [], looked = [], ...news }: News): News => ({
  ...news,
  read: [...read, ...looked.map(([path]) => path)],
});

/** Loaders of ES modules read a program's files where nobody can stop them. */
export function waitsFor({ workingDir, entryPoint, runtime }: Project): Channel["waits"] {
  const isModule = /"type"\s*:\s*"module"/.test(manifestOf(workingDir)) || entryPoint.endsWith(".mjs");
  return isModule || /--(import|loader|experimental-loader)\b/.test(runtime.nodeargs) ? "start" : "module";
}

/** The text of the nearest package.json, from a folder up. */
function manifestOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, "package.json");
    if (existsSync(file)) return readFileSync(file, "utf8");
    if (dirname(at) === at) return "";
  }
}
