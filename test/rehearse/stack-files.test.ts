import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackConfig } from "../../packages/rehearse/project/config";
import type { Project } from "../../packages/rehearse/project/project";
import { fixture } from "../support/rehearse";

/**
 * Stack files of a project named `p`, each with what Pulumi's own loader (`LoadProjectStack` of pulumi/pulumi 3.260)
 * reads from it: every setting as the text that the program gets, or null where it refuses the file.
 */
const BY_PULUMI = JSON.parse(
  readFileSync(fixture("stack-files-by-pulumi.json"), "utf8"),
) as readonly (readonly [text: string, settings: Readonly<Record<string, string>> | null])[];

describe("a stack file means what Pulumi's own loader makes of it:", () => {
  let dir: string;
  before(() => (dir = mkdtempSync(join(tmpdir(), "stack-files-"))));
  after(() => rmSync(dir, { recursive: true }));

  const project: Project = {
    root: "/",
    name: "p",
    runtime: { typescript: true, tsconfig: undefined, nodeargs: "" },
    workingDir: "/",
    entryPoint: ".",
    config: new Map(),
    stackDir: "/",
  };

  for (const [text, settings] of BY_PULUMI) {
    it(JSON.stringify(text), () => {
      const file = join(dir, "Pulumi.dev.yaml");
      writeFileSync(file, text);
      const read = (): object => Object.fromEntries(StackConfig.read(project, "dev", file).entries());
      if (settings === null) assert.throws(read, /stack file .+/);
      else assert.deepEqual(read(), settings);
    });
  }
});
