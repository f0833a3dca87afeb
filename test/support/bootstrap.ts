import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type JsonRun, rehearseJson, ROOT } from "./rehearse";

/** A company's settings of the bootstrap program, in the form of a stack file. */
export type BootstrapConfig = Readonly<Record<string, unknown>>;

/**
 * Rehearses the bootstrap program with the pack, in mode `up`.
 *
 * @param config - in addition to the Region and the repository
 */
export async function rehearseBootstrap(config: BootstrapConfig = {}): Promise<JsonRun> {
  const folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
  const file = join(folder, "Pulumi.account.yaml");
  const whole = { repository: "octo/store", ...config };
  const named = Object.entries(whole).map(([key, value]): [string, unknown] => [
    `web-store-bootstrap:${key}`,
    value,
  ]);
  writeFileSync(
    file,
    JSON.stringify({ config: { "aws:region": "eu-west-1", ...Object.fromEntries(named) } }),
  );
  try {
    return await rehearseJson([
      "account",
      "--program",
      join(ROOT, "bootstrap"),
      "--policy-pack",
      join(ROOT, "policies"),
      "--config-file",
      file,
      "--mode",
      "up",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
