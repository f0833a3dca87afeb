import { statSync } from "node:fs";
import { dirname, parse, sep } from "node:path";
import { foldersBelow } from "./folders";

/** What a process says of itself, a line of JSON at a time. The other end is hosts/preload/watch.cjs. */
export interface News {
  /** Files that it has read, or wanted to. */
  readonly read?: readonly string[];
  /** Where it has looked whether something is there, and what was. */
  readonly looked?: readonly (readonly [path: string, kind: Kind])[];
  /** Its own modules. */
  readonly module?: readonly string[];
  /** Folders whose entries it has listed. */
  readonly listed?: readonly string[];
  readonly wrote?: readonly string[];
  /** Modules of the SDKs in the order in which they were loaded. */
  readonly installed?: readonly InstalledModule[];
}

type Kind = "file" | "folder" | "nothing";

/** A file of an installed package, and the file that asked for it. */
export type InstalledModule = readonly [file: string, importer: string];

/** What decides the result of a run: files that it read, or looked for in vain. */
export class Footprint {
  readonly files = new Set<string>();
  /** The folders in which something lies that counts, and all above them. */
  private readonly folders = new Set<string>();
  private readonly listed = new Set<string>();
  private readonly written = new Set<string>();
  /** Where modules were found, without their endings: what else would be found there. */
  private readonly stems = new Set<string>();
  private readonly sources: string[] = [];
  private readonly looked = new Map<string, Kind>();

  /** @param isEntry - which names count in folders that are listed. @default every */
  constructor(private readonly isEntry: (name: string) => boolean = () => true) {}

  /** Takes note of what a process has told. */
  add({ read = [], module = [], looked = [], listed = [], wrote = [] }: News): void {
    for (const path of wrote) this.written.add(path);
    for (const path of [...read, ...module].filter(isFile)) {
      this.files.add(path);
      this.addFolders(dirname(path));
    }
    for (const [path, kind] of looked.filter(([one]) => isFile(one))) {
      if (!this.looked.has(path)) this.looked.set(path, kind);
      this.addFolders(dirname(path));
    }
    for (const path of module) {
      this.stems.add(stemOf(path));
      if (parse(path).name === "index") this.stems.add(dirname(path));
    }
    for (const path of listed) {
      this.listed.add(path);
      this.addFolders(path);
    }
  }

  /** Has every source in a folder and in its folders count: nobody tells which of them are read. */
  addSources(folder: string): void {
    this.sources.push(folder);
    this.addFolders(folder);
  }

  /**
   * Whether a change of what lies at a path may change the result.
   *
   * @param isNew - whether it has come or gone, too
   */
  touches(path: string, isNew: boolean): boolean {
    return this.looked.has(path) || this.isOutdatedBy(path, isNew);
  }

  /** The same where nothing more of what was looked for was asked than whether it is there. */
  isOutdatedBy(path: string, isNew: boolean): boolean {
    const { dir, name, base } = parse(path);
    const was = this.looked.get(path);
    return (
      (was !== undefined && was !== kindOf(path)) ||
      this.files.has(path) ||
      this.folders.has(path) ||
      (isNew && this.listed.has(dir) && this.isEntry(base)) ||
      this.stems.has(stemOf(path)) ||
      (name === "index" && this.stems.has(dir)) ||
      (base === "package.json" && this.folders.has(dir)) ||
      (SOURCE.test(base) && this.sources.some((folder) => path.startsWith(folder + sep)))
    );
  }

  /** Whether the process itself writes what lies at a path: it would be run for it again and again. */
  writes(path: string): boolean {
    return this.written.has(path);
  }

  /** The first of the files that has changed since then, in milliseconds since the epoch. */
  changedSince(time: number): string | undefined {
    return [...this.files].find((file) => !this.writes(file) && changedAt(file) >= time);
  }

  /** The folders to watch: those in which something lies that counts, and the ones that tell when they come and go. */
  get watched(): string[] {
    const own = [
      ...[...this.files, ...this.looked.keys()].map((file) => dirname(file)),
      ...this.listed,
      ...this.sources.flatMap(foldersBelow),
    ];
    return [...new Set(own)].flatMap((folder) => [folder, dirname(folder)]);
  }

  private addFolders(folder: string): void {
    if (this.folders.has(folder)) return;
    this.folders.add(folder);
    if (dirname(folder) !== folder) this.addFolders(dirname(folder));
  }
}

const SOURCE = /\.([cm]?[jt]sx?|json)$/;

/** The system's own answers are new at every moment. */
const isFile = (path: string): boolean => !/^\/(proc|sys|dev)\//.test(path);

const stemOf = (path: string): string => path.slice(0, path.length - parse(path).ext.length);

function kindOf(path: string): Kind {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "nothing" : stats.isDirectory() ? "folder" : "file";
}

/** When a file's content, or what has this name, was changed last. */
function changedAt(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true ? Math.max(stats.mtimeMs, stats.ctimeMs) : 0;
}
