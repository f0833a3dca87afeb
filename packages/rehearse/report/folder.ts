import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { refuseIfFaulty } from "../errors";

/** The mark in a report's files by which rehearse recognises its own. */
const MADE = { "index.html": '<meta name="generator" content="rehearse ', "report.md": "Made by rehearse " };

/**
 * Refuses to overwrite files that are not from an earlier report.
 *
 * @param folder - The report's folder; it may not exist yet.
 * @throws UsageError naming these files
 */
export function refuseOthersFiles(folder: string): void {
  const others = Object.entries(MADE).flatMap(([name, mark]) => {
    const file = join(folder, name);
    const isThere = statSync(file, { throwIfNoEntry: false }) !== undefined;
    return isThere && !(statSync(file).isFile() && readFileSync(file, "utf8").includes(mark)) ? [file] : [];
  });
  refuseIfFaulty(
    `--report ${folder}`,
    others.map(
      (file) => `${file} exists, but is not a report by rehearse: name another folder, or move the file away`,
    ),
  );
}
