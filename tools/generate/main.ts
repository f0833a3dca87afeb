import { writeFileSync } from "node:fs";

import { readCommandLine } from "../../packages/rehearse/cli/command-line";
import { runTool } from "../cli/command";
import { apiTableFile } from "./api-constraints/table";
import type { GeneratedFile } from "./files";
import { overviewFile } from "./overview";
import { policyFiles } from "./policies";
import { providerChecksFile } from "./provider-checks";
import { replacementFile } from "./replacement/table";
import { settingsFiles } from "./settings";
import { settingsSchema } from "./settings-schema";

/** The files that `npm run generate` writes. A test fails while one of them is outdated. */
export function generatedFiles(): GeneratedFile[] {
  return [...settingsFiles(), settingsSchema(), ...policyFiles(), providerChecksFile()];
}

const USAGE = `npm run generate --

Writes the files that are generated from settings, rules, AWS's API models, CloudFormation's specification and the SDK:
Pulumi.yaml's schema, documents, tables, and the README's picture of the stack dev.

  --help  print this help`;

async function main(argv: readonly string[]): Promise<number> {
  if (readCommandLine(USAGE, argv, {}, false) === undefined) {
    console.log(USAGE);
    return 0;
  }
  const table = apiTableFile();
  const replacement = replacementFile();
  writeFileSync(replacement.path, replacement.text);
  // The other files depend on its content.
  if (table) writeFileSync(table.path, table.text);
  else console.error("policies/api-table.json is unchanged: .venv has no botocore to generate it from.");
  for (const { path, text } of [...generatedFiles(), overviewFile()]) writeFileSync(path, text);
  return 0;
}

if (require.main === module) runTool("generate", () => main(process.argv.slice(2)));
