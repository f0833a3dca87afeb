/**
 * Reads stack files as the rehearsal does, and `pulumi-loader` as Pulumi does: one per line, in base64. Writes each
 * file into the folder that is its argument.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { UsageError } from "../../../packages/rehearse/errors";
import { StackConfig } from "../../../packages/rehearse/project/config";
import { readProject } from "../../../packages/rehearse/project/project";

const [, , folder = ""] = process.argv;
process.chdir(folder);
writeFileSync("Pulumi.yaml", "name: p\nruntime: nodejs\n");
const project = readProject(folder);
const file = join(folder, "Pulumi.dev.yaml");

function read(bytes: Buffer): object {
  writeFileSync(file, bytes);
  try {
    const config = StackConfig.read(project, "dev", file);
    return { settings: Object.fromEntries(config.entries()), warnings: config.warnings };
  } catch (error) {
    if (error instanceof UsageError) return { refused: error.message };
    return { crashed: error instanceof Error ? error.stack : String(error) };
  }
}

createInterface({ input: process.stdin }).on("line", (line) =>
  process.stdout.write(`${JSON.stringify(read(Buffer.from(line, "base64")))}\n`),
);
