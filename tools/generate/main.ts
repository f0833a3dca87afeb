import { writeFileSync } from "node:fs";

import type { GeneratedFile } from "./files";
import { policyFiles } from "./policies";
import { settingsFiles } from "./settings";

/** All files that `npm run generate` writes; a test fails while one of them is stale. */
export function generatedFiles(): GeneratedFile[] {
  return [...settingsFiles(), ...policyFiles()];
}

if (require.main === module) {
  for (const { path, text } of generatedFiles()) writeFileSync(path, text);
}
