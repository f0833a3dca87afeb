import { statSync } from "node:fs";
import { dirname, parse, sep } from "node:path";
import { foldersBelow } from "./folders";

/** The events of a process, one JSON object a line. The other end is hosts/preload/watch.cjs. */
export interface News {
  /** Files that it read or tried to read. */
  readonly read?: readonly string[];
  /** Paths whose existence it checked, and what was there. */
  readonly looked?: readonly (readonly [path: string, kind: Kind])[];
  /** The program's own modules. */
  readonly module?: readonly string[];
  /** Folders that it listed. */
  readonly listed?: readonly string[];
  readonly wrote?: readonly string[];
  /** Modules of the SDKs, in the order of loading. */
  readonly installed?: readonly InstalledModule[];
}

type Kind = "file" | "folder" | "nothing";

/** A file of an installed package, and the file that imported it. */
export type InstalledModule = readonly [file: string, importer: string];

/** The files that determine the result of a run: those that it read or looked for. */
export class Footprint {
  readonly files = new Set<string>();
  /** The folders of relevant files, and all folders above them. */
  private readonly folders = new Set<string>();
  private readonly listed = new Set<string>();
  private readonly written = new Set<string>();
  /** The places where modules were found, without file endings: other files there would take precedence. */
  private readonly stems = new Set<string>();
  private readonly sources: string[] = [];
  private readonly looked = new Map<string, Kind>();

  /** @param isEntry - the names that matter in listed folders. @default all */
  constructor(private readonly isEntry: (name: string) => boolean = () => true) {}

  /** Records the events of a process. */
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

  /** Includes every source file in a folder and its subfolders, because it isn't known which are read. */
  addSources(folder: string): void {
    this.sources.push(folder);
    this.addFolders(folder);
  }

  /**
   * Whether a change at a path may change the result.
   *
   * @param isNew - whether the entry may also have been added or removed
   */
  touches(path: string, isNew: boolean): boolean {
    return this.looked.has(path) || this.isOutdatedBy(path, isNew);
  }

  /** The same, provided that existence checks are only affected when the answer changes. */
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

  /** Whether the process itself writes to a path: otherwise it would be run again and again. */
  writes(path: string): boolean {
    return this.written.has(path);
  }

  /** The first of the files that has changed since a time, in milliseconds since the epoch. */
  changedSince(time: number): string | undefined {
    return [...this.files].find((file) => !this.writes(file) && changedAt(file) >= time);
  }

  /** The folders to watch: those of relevant files, and their parents, which report their addition and removal. */
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

/** Not the virtual files of the system, whose content is always new. */
const isFile = (path: string): boolean => !/^\/(proc|sys|dev)\//.test(path);

const stemOf = (path: string): string => path.slice(0, path.length - parse(path).ext.length);

function kindOf(path: string): Kind {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "nothing" : stats.isDirectory() ? "folder" : "file";
}

/** When a file's content, or the file of this name, last changed. */
function changedAt(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true ? Math.max(stats.mtimeMs, stats.ctimeMs) : 0;
}
