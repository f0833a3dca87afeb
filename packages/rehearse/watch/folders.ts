import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Watches folders, each by itself: what lies in a folder of theirs is of no interest unless that is one of them. Editors
 * replace files rather than write them, so a file of its own would be lost at the first save.
 */
export class Folders {
  private readonly watchers = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>();

  /** @param onEvent - called with the absolute path of what has changed, and whether it may have come or gone */
  constructor(private readonly onEvent: (path: string, isNew: boolean) => void) {}

  /** Watches exactly these folders from now on, and anew those that have been put in another's place. */
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
      // It is gone; the folder above tells.
      watcher.on("error", () => this.leave(folder));
      this.watchers.set(folder, { watcher, inode });
    } catch {
      // It has gone meanwhile, or isn't ours to read.
    }
  }

  private leave(folder: string): void {
    this.watchers.get(folder)?.watcher.close();
    this.watchers.delete(folder);
  }
}

/** The folder itself, or the nearest one above it that there is. */
function nearestThere(folder: string): string {
  return inodeOf(folder) !== undefined || dirname(folder) === folder ? folder : nearestThere(dirname(folder));
}

function inodeOf(folder: string): number | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true ? stats.ino : undefined;
}

/** A folder and those in it, without hidden ones and installed packages. */
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
    return []; // It isn't there.
  }
}
