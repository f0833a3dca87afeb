import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { refuseIfFaulty } from "../errors";

/** What a report's files say of who made them. */
const MADE = { "index.html": '<meta name="generator" content="rehearse ', "report.md": "Made by rehearse " };

/**
 * Refuses to write a report over files that are none of a former one's.
 *
 * @param folder - Where the report goes; it may not be there.
 * @throws UsageError naming them
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
      (file) => `${file} is there, and no report of rehearse's: name another folder, or move it away`,
    ),
  );
}
