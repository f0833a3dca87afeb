import { writeFileSync } from "node:fs";

import { apiTableFile } from "./api-constraints/table";
import type { GeneratedFile } from "./files";
import { overviewFile } from "./overview";
import { policyFiles } from "./policies";
import { providerChecksFile } from "./provider-checks";
import { replacementFile } from "./replacement/table";
import { settingsFiles } from "./settings";
import { settingsSchema } from "./settings-schema";

/** The files that `npm run generate` writes. A test fails while one of them is outdated. */
function generatedFiles(): GeneratedFile[] {
  return [...settingsFiles(), settingsSchema(), ...policyFiles(), providerChecksFile()];
}

/** Writes them, and the tables that they depend on. */
export function generate(): void {
  const table = apiTableFile();
  const replacement = replacementFile();
  writeFileSync(replacement.path, replacement.text);
  // The other files depend on its content.
  if (table) writeFileSync(table.path, table.text);
  else console.error("policies/api-table.json is unchanged: .venv has no botocore to generate it from.");
  for (const { path, text } of [...generatedFiles(), overviewFile()]) writeFileSync(path, text);
}
