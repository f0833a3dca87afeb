import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ToldCost } from "../cost/told";
import type { Options } from "../options";
import { PACKAGE } from "../paths";
import type { Hosts, Rehearsal } from "../rehearsal";
import { Footprint } from "./footprint";
import { type Ahead, type Prepared, prepare, waitsFor } from "./prepared";

/** A run's results, and their output without `--watch`. */
export interface Rehearsed {
  readonly rehearsals: readonly Rehearsal[];
  readonly costs: ReadonlyMap<Rehearsal, ToldCost>;
  readonly text: (rehearsal: Rehearsal) => string;
  /** The document that `--json` prints. */
  readonly json: () => object;
}

/** How to run. */
export interface Runner {
  /** Reads the command line and all files that it names. */
  readonly read: () => Options;
  readonly rehearse: (options: Options, hosts: Hosts) => Promise<Rehearsed>;
}

/** The result of a run, or the reason why there is none. */
export type Outcome = { readonly done: Rehearsed } | { readonly error: unknown };

/** A run with the current settings; its programs wait for its start. */
export interface Run extends Prepared {
  /** The files that were read for the settings, and those that change when packages are installed. */
  readonly settings: Footprint;
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  /** Whether it is over; if it hasn't begun yet, that means an error. */
  readonly isOver: () => boolean;
}

/** Reads the settings, and starts the processes. */
export function startRun(ahead: Ahead, { read, rehearse }: Runner): Run {
  const prepared = prepare(ahead);
  const settings = new Footprint((name) => STACK_FILE.test(name));
  let isOver = false;
  const outcome = run().then(
    (done): Outcome => ({ done }),
    (error: unknown): Outcome => ({ error }),
  );
  void outcome.then(() => (isOver = true));
  return { ...prepared, settings, outcome, isOver: () => isOver };

  async function run(): Promise<Rehearsed> {
    const options = whileReading((news) => settings.add(news), read);
    const { project, packs } = options;
    for (const folder of [project.workingDir, ...packs.map(({ dir }) => dir)])
      settings.add({ read: installationOf(folder) });
    // A pack that can't be built doesn't report its source files.
    for (const { dir } of packs) prepared.early.addSources(dir);
    if (waitsFor(project) === "start") prepared.late.addSources(project.workingDir);
    return rehearse(options, prepared.hosts);
  }
}

/** The relevant names when the program's folder is listed. */
const STACK_FILE = /^Pulumi\..+\.ya?ml$/;

type WatchReads = (tell: (kind: "read" | "looked" | "listed" | "wrote", path: string) => void) => () => void;

/** Records what this process itself reads. */
function whileReading<T>(take: Footprint["add"], work: () => T): T {
  const watchReads = createRequire(join(PACKAGE, "bin.cjs"))("./hosts/preload/reads.cjs") as WatchReads;
  const stop = watchReads((kind, path) => take({ [kind === "looked" ? "read" : kind]: [path] }));
  try {
    return work();
  } finally {
    stop();
  }
}

/** Files that package managers write when they install packages, and those that determine which packages. */
const INSTALLATION = [
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  ...[".package-lock.json", ".yarn-state.yml", ".modules.yaml"].map((name) => join("node_modules", name)),
];

/** The files, existing or not, that show which packages a folder's modules find. */
function installationOf(folder: string): string[] {
  const above = dirname(folder);
  const isPackage = ["package.json", "node_modules"].some((name) => existsSync(join(folder, name)));
  return [
    ...(isPackage ? INSTALLATION.map((name) => join(folder, name)) : []),
    ...(above === folder ? [] : installationOf(above)),
  ];
}
