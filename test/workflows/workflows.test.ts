import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { ROOT } from "../support/rehearse";

const FOLDER = join(ROOT, ".github", "workflows");
const files = readdirSync(FOLDER);
const textOf = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<
    Record<string, { readonly if?: string; readonly permissions: Record<string, string> }>
  >;
}

describe("The workflows", () => {
  for (const [linter, args] of [
    ["actionlint", []],
    ["zizmor", ["--offline", "--no-progress", ".github"]],
  ] as const) {
    const program = join(ROOT, ".venv", "bin", linter);
    const title = `pass ${linter}`;
    if (existsSync(program)) {
      it(title, () => {
        const run = spawnSync(program, args, { cwd: ROOT, encoding: "utf8" });
        assert.equal(run.status, 0, run.stdout + run.stderr);
      });
    } else it.skip(`${title} (needs ${linter}, which .ci/run installs)`);
  }

  it("pin every action by its digest", () => {
    for (const file of files)
      for (const [, used = ""] of textOf(file).matchAll(/^\s*(?:- )?uses: (.*)$/gm))
        assert.match(used, /^\.\/|@[0-9a-f]{40} # v\d/, `${file}: ${used}`);
  });

  it("give nothing to a fork but reading: who may ask AWS is never run for one", () => {
    for (const file of files) {
      const { on, permissions, jobs } = parse(textOf(file)) as Workflow;
      assert.deepEqual(permissions, {}, file);
      assert.ok(!("pull_request_target" in on), file);
      if (!("pull_request" in on)) continue;
      for (const job of Object.values(jobs)) {
        const isGuarded = job.if?.includes("head.repo.full_name == github.repository");
        if (isGuarded !== true) assert.deepEqual(job.permissions, { contents: "read" }, file);
      }
    }
  });

  it("fail where a command before a pipe fails", () => {
    for (const file of files.filter((name) => /[^|]\| \w/.test(textOf(name))))
      assert.equal((parse(textOf(file)) as Workflow).defaults?.run.shell, "bash", file);
  });

  it("take no input of strangers into a script", () => {
    for (const file of files)
      for (const [, script = ""] of textOf(file).matchAll(/run: (\|[^]*?\n(?= {6}- )|.*)/g))
        assert.doesNotMatch(script, /\$\{\{/, `${file}: ${script}`);
  });
});
