import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../packages/rehearse/errors";
import { StackConfig } from "../../packages/rehearse/project/config";
import { readProject } from "../../packages/rehearse/project/project";
import { fixture } from "../support/rehearse";

/**
 * Stack files and what pulumi/pulumi 3.260 reads from them (`LoadProject`, `LoadProjectStack`,
 * `ValidateStackConfigAndApplyProjectConfig`, `Map.Decrypt`, called by a small Go program on each): every setting as the
 * text that the program gets, or null where it refuses them. The last column is Pulumi.yaml; without it, {@link PLAIN}.
 */
const BY_PULUMI = JSON.parse(
  readFileSync(fixture("stack-files-by-pulumi.json"), "utf8"),
) as readonly (readonly [
  stack: string,
  settings: Readonly<Record<string, string>> | null,
  project?: string,
])[];

const PLAIN = "name: p\nruntime: nodejs\n";

describe("Pulumi.yaml and stack files mean what Pulumi's own loader makes of them:", () => {
  let dir: string;
  before(() => (dir = mkdtempSync(join(tmpdir(), "stack-files-"))));
  after(() => rmSync(dir, { recursive: true }));

  /** What is read here; null for what is refused. */
  function read(stack: string, project: string): object | null {
    writeFileSync(join(dir, "Pulumi.yaml"), project);
    writeFileSync(join(dir, "Pulumi.dev.yaml"), stack);
    try {
      const config = StackConfig.read(readProject(dir), "dev", join(dir, "Pulumi.dev.yaml"));
      return Object.fromEntries(config.entries());
    } catch (error) {
      if (error instanceof UsageError) return null;
      throw error;
    }
  }

  const kinds: Record<string, (project: string | undefined) => boolean> = {
    "stack files": (project) => project === undefined,
    "projects with declarations": (project) => project !== undefined,
  };
  for (const [kind, isOne] of Object.entries(kinds)) {
    it(kind, () => {
      for (const [stack, settings, project] of BY_PULUMI.filter(([, , given]) => isOne(given)))
        assert.deepEqual(read(stack, project ?? PLAIN), settings, JSON.stringify([stack, project]));
    });
  }
});
