import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { LIMITS } from "../../tools/refreshes/watch";
import { rehearseBootstrap } from "../support/bootstrap";
import { itWith, pathOf } from "../support/programs";
import { rehearseWarm, ROOT } from "../support/rehearse";
import { required } from "../support/settings";
import { stackFile } from "../support/stack-file";

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

interface Step {
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The longest timeout that the settings allow, in minutes. */
async function longestTimeOut(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "time-outs-"));
  const [file, state] = [join(folder, "stack.yaml"), join(folder, "state.json")];
  const slowest = {
    ...required,
    "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
    "web-store:certificate.validationMinutes": 120,
    "web-store:loadBalancer.capacityUnits": 1000,
    "web-store:fleet.bootSeconds": 3600,
    "web-store:fleet.drainSeconds": 7200,
    "web-store:loadBalancing.deregistrationDelaySeconds": 300,
  };
  writeFileSync(file, stackFile(slowest));
  const run = await rehearseWarm(["dev", "--config-file", file, "--mode", "up", "--export", state]);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  const { deployment } = JSON.parse(readFileSync(state, "utf8")) as {
    readonly deployment: {
      readonly resources: readonly { readonly customTimeouts?: Readonly<Record<string, number>> }[];
    };
  };
  rmSync(folder, { recursive: true });
  const seconds = deployment.resources.flatMap(({ customTimeouts = {} }) => Object.values(customTimeouts));
  return Math.max(...seconds) / 60;
}

describe("The workflows", () => {
  for (const [linter, args] of [
    ["actionlint", []],
    ["zizmor", ["--offline", "--no-progress", ".github"]],
  ] as const) {
    itWith([linter], `pass ${linter}`, () => {
      const run = spawnSync(pathOf(linter) ?? "", args, { cwd: ROOT, encoding: "utf8" });
      assert.equal(run.status, 0, run.stdout + run.stderr);
    });
  }

  it("pin every action to a digest", () => {
    for (const file of files)
      for (const [, used = ""] of textOf(file).matchAll(/^\s*(?:- )?uses: (.*)$/gm))
        assert.match(used, /^\.\/|@[0-9a-f]{40} # v\d/, `${file}: ${used}`);
  });

  it("give a fork read access only: jobs that may call AWS never run for a fork", () => {
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

  it("fail if a command before a pipe fails", () => {
    for (const file of files.filter((name) => /[^|]\| \w/.test(textOf(name))))
      assert.equal((parse(textOf(file)) as Workflow).defaults?.run.shell, "bash", file);
  });

  it("give a deployment enough time: its job and its credentials last longer", async () => {
    const { jobs } = parse(textOf("stack.yml")) as {
      readonly jobs: { readonly stack: { "timeout-minutes": number; readonly steps: readonly Step[] } };
    };
    const minutes = jobs.stack["timeout-minutes"];
    const asked = jobs.stack.steps.flatMap(({ with: inputs }) => inputs?.["role-duration-seconds"] ?? []);
    assert.equal(asked.length, 1);
    const seconds = Number(asked[0]);
    const setUp = 30;
    const longest = await longestTimeOut();
    assert.ok(longest >= 180, `found ${longest} minutes at the most`);
    assert.ok(
      minutes >= longest + 2 * LIMITS.refreshMinutes + setUp,
      `${minutes} minutes, time-out ${longest}`,
    );
    assert.ok(seconds >= minutes * 60, `credentials for ${seconds} seconds`);
    const bootstrap = await rehearseBootstrap();
    for (const { name, inputs } of bootstrap.graph("up").ofType("aws:iam/role:Role"))
      assert.ok(Number(inputs["maxSessionDuration"]) >= seconds, name);
  });

  it("plan prod only after dev is rolled out", () => {
    const { jobs } = parse(textOf("deploy.yml")) as {
      readonly jobs: Readonly<
        Record<string, { readonly needs?: string; readonly with: { command: string } }>
      >;
    };
    assert.equal(jobs["plan-prod"]?.needs, "dev");
    assert.equal(jobs["dev"]?.with.command, "deploy");
    // The tool waits for the instances, and its exit status becomes the step's.
    assert.match(textOf("stack.yml"), /^ +npm run -s deploy -- "\$STACK" --plan plan\.json$/m);
    assert.doesNotMatch(textOf("stack.yml"), /continue-on-error|pulumi up/);
  });

  it("put no outside input into a script", () => {
    for (const file of files)
      for (const [, script = ""] of textOf(file).matchAll(/run: (\|[^]*?\n(?= {6}- )|.*)/g))
        assert.doesNotMatch(script, /\$\{\{/, `${file}: ${script}`);
  });
});
