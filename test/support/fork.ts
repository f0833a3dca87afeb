import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "./rehearse";

/** The files that a fork edits before its first deployment; all others are links to this checkout's files. */
const EDITED = [
  ".github",
  "bootstrap",
  ...readdirSync(ROOT).filter((name) => /^Pulumi\..+\.yaml$/.test(name)),
];

/** Creates a fork of this repository, with the placeholders still in its files. */
export function fork(): string {
  const folder = mkdtempSync(join(tmpdir(), "fork-"));
  for (const name of readdirSync(ROOT)) {
    if (EDITED.includes(name)) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    else if (name !== ".git") symlinkSync(join(ROOT, name), join(folder, name));
  }
  return folder;
}

/** Creates a fork with values of its own, `shop.test` for `example.com`: its stacks can be deployed. */
export function ownFork(): string {
  const folder = fork();
  for (const file of EDITED.flatMap((name) => filesIn(folder, name))) {
    const text = readFileSync(file, "utf8")
      .replaceAll("example.com", "shop.test")
      .replaceAll("your-org", "shop")
      .replace("web-store:alarms: {", "web-store:alarms: {runbookUrl: https://shop.test/runbook, ");
    writeFileSync(file, text);
  }
  return folder;
}

function filesIn(folder: string, name: string): string[] {
  const path = join(folder, name);
  if (
    !readdirSync(folder, { withFileTypes: true })
      .find((entry) => entry.name === name)
      ?.isDirectory()
  )
    return [path];
  return readdirSync(path).flatMap((inner) => filesIn(path, inner));
}
