import { writeFileSync } from "node:fs";

import { apiTableFile } from "./api-constraints/table";
import type { GeneratedFile } from "./files";
import { policyFiles } from "./policies";
import { settingsFiles } from "./settings";
import { settingsSchema } from "./settings-schema";

/** The files that `npm run generate` writes from this checkout alone; a test fails while one of them is stale. */
export function generatedFiles(): GeneratedFile[] {
  return [...settingsFiles(), settingsSchema(), ...policyFiles()];
}

if (require.main === module) {
  const table = apiTableFile();
  // The others tell what is in it.
  if (table) writeFileSync(table.path, table.text);
  else
    console.error("policies/api-table.json stays as it is: there is no botocore in .venv to make it from.");
  for (const { path, text } of generatedFiles()) writeFileSync(path, text);
}
