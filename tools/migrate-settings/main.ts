import { readFile, writeFile } from "node:fs/promises";

import { readCommandLine } from "../../packages/rehearse/cli/command-line";
import { CliError, runTool } from "../cli/command";
import { migrate, type Migrated } from "./migrate";

const USAGE = `npm run migrate-settings -- FILE...

Rewrites stack files of version 0.1, such as Pulumi.dev.yaml, in the form of 0.2: settings in groups. Comments stay. It
writes nothing if it can't read one of the files.

  --help  print this

Exit status: 0 done, 2 bad usage or a file that it can't read.`;

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
