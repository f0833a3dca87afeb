import { readFile, writeFile } from "node:fs/promises";

import { readCommandLine } from "../../packages/rehearse/cli/command-line";
import { CliError, runTool } from "../cli/command";
import { migrate, type Migrated } from "./migrate";

const USAGE = `npm run migrate-settings -- FILE...

Converts stack files of version 0.1, such as Pulumi.dev.yaml, to version 0.2: settings in groups. Comments are kept. It
writes nothing if one of the files can't be read.

  --help  print this help

Exit status: 0 done, 2 bad usage or an unreadable file.`;

runTool("migrate-settings", async () => {
  const line = readCommandLine(USAGE, process.argv.slice(2), {});
  if (line === undefined) {
    console.log(USAGE);
    return 0;
  }
  const files = line.positionals;
  if (files.length === 0) throw new CliError(`no file is named\n  usage: ${USAGE.split("\n")[0]}`);
  const migrated = new Map<string, Migrated>();
  for (const file of files) migrated.set(file, migrate(file, await read(file)));
  for (const [file, { text, changes }] of migrated) {
    if (changes.length > 0) await writeFile(file, text);
    console.log([file, ...(changes.length > 0 ? changes : ["nothing to do"])].join("\n  "));
  }
  return 0;
});

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CliError(
      `${file}\n  got:     ${(error as NodeJS.ErrnoException).code}\n  allowed: a stack file that can be read\n  remedy:  name a file such as Pulumi.dev.yaml`,
    );
  }
}
