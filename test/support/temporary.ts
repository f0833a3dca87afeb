import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

/** Creates a folder, which is removed when the tests end. @param prefix - how its name begins */
export function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // One listener for all: Node.js warns of more than ten.
  if (folders.push(folder) === 1)
    process.once("exit", () => folders.forEach((one) => rmSync(one, { recursive: true })));
  return folder;
}
