import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Watches folders individually; entries of a subfolder matter only if it is watched itself. It doesn't watch files,
 * because editors replace a file on saving, which ends its watch.
 */
export class Folders {
  private readonly watchers = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>();

  /**
   * @param onEvent - called with the absolute path of a change, and whether the entry may have been added or removed
   */
  constructor(private readonly onEvent: (path: string, isNew: boolean) => void) {}

  /** Watches exactly these folders from now on, and starts again for those that have been replaced by others. */
  follow(folders: Iterable<string>): void {
    const wanted = new Set([...folders].map(nearestThere));
    for (const [folder, { inode }] of this.watchers)
      if (!wanted.has(folder) || inodeOf(folder) !== inode) this.leave(folder);
    for (const folder of wanted) this.enter(folder);
  }

  private enter(folder: string): void {
    const inode = inodeOf(folder);
    if (inode === undefined || this.watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (event, name) =>
        this.onEvent(name === null ? folder : join(folder, name), event === "rename"),
      );
      // The folder was removed; the watch of its parent reports that.
      watcher.on("error", () => this.leave(folder));
      this.watchers.set(folder, { watcher, inode });
    } catch {
      // The folder was removed meanwhile, or isn't readable.
    }
  }

  private leave(folder: string): void {
    this.watchers.get(folder)?.watcher.close();
    this.watchers.delete(folder);
  }
}

/** The folder itself, or the nearest existing folder above it. */
function nearestThere(folder: string): string {
  return inodeOf(folder) !== undefined || dirname(folder) === folder ? folder : nearestThere(dirname(folder));
}

function inodeOf(folder: string): number | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true ? stats.ino : undefined;
}

/** A folder and its subfolders, without hidden ones and installed packages. */
export function foldersBelow(folder: string): string[] {
  const below = entriesOf(folder).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules",
  );
  return [folder, ...below.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // It doesn't exist.
  }
}
