import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type GeneratedFile, ROOT } from "./files";

/** The stack that the README shows. */
const STACK = "dev";

/**
 * The README's picture: the architecture drawing of a report.
 *
 * @throws Error with the rehearsal's output, if the rehearsal fails
 */
export function overviewFile(): GeneratedFile {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  try {
    const rehearse = join(ROOT, "packages", "rehearse", "bin.cjs");
    const options = { cwd: ROOT, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [rehearse, STACK, "--report", folder],
      options,
    );
    if (status !== 0) throw new Error(`the stack ${STACK} can't be drawn:\n${stdout}${stderr}`);
    const text = readFileSync(join(folder, `${STACK}-architecture.svg`), "utf8");
    return { path: join(ROOT, "docs", "overview.svg"), text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
