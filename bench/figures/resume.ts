import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FakeCli } from "../../test/support/fake-cli";
import { ROOT, type Run } from "../../test/support/rehearse";
import type { Figure, Measured, Measurement, Part } from "./part";
import { type Scene, SCENES, type World } from "./resume/worlds";

/** Whether a call takes effect before the tool is killed. */
const EFFECTS = [true, false];

/** The tools search PATH for the program that runs the probe; there is a fake one. */
const PRELOAD = `process.execPath = "node";\n`;

/** Runs a scene's tool in a world. If the tool is killed at a call, runs it once more. */
async function killedAt(
  scene: Scene,
  at: number,
  takesEffect: boolean,
  preload: string,
): Promise<{ readonly call: string | undefined; readonly calls: number; readonly wrong: string[] }> {
  const world: World = scene.make();
  let [calls, killed] = [0, undefined as string | undefined];
  const cli = await FakeCli.start(
    ["pulumi", "aws", "node"],
    async (program, args) => {
      if (killed !== undefined || ++calls - 1 !== at) return world.answer(program, args);
      killed = `${program} ${args.slice(0, 2).join(" ")}`;
      if (takesEffect) await world.answer(program, args);
      cli.kill();
      return {};
    },
    world.aws,
  );
  const run = (): Promise<Run> =>
    cli.runProgram(
      process.execPath,
      [
        "--require",
        preload,
        "--require",
        "tsx/cjs",
        join(ROOT, "tools", scene.tool, "main.ts"),
        ...scene.args,
      ],
      cli.project,
    );
  try {
    const first = await run();
    const last = killed === undefined ? first : await run();
    const wrong = world.wrong(last.status);
    const said =
      wrong.length === 0 ? "" : ` (${(last.stdout + last.stderr).trim().split("\n").slice(-2).join(" ")})`;
    return { call: killed, calls, wrong: wrong.map((one) => one + said) };
  } finally {
    await cli.stop();
  }
}

async function measure({ count, log, signal }: Measurement): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "resume-"));
  const preload = join(folder, "preload.cjs");
  writeFileSync(preload, PRELOAD);
  const [figures, faults] = [[] as Figure[], [] as string[]];
  try {
    for (const scene of SCENES) {
      const whole = await killedAt(scene, Infinity, true, preload);
      if (whole.wrong.length > 0) throw new Error(`${scene.name}, never killed: ${whole.wrong.join("; ")}`);
      const step = Math.max(1, Math.ceil(whole.calls / count));
      let [kills, wrong] = [0, 0];
      for (let at = 0; at < whole.calls && !signal.aborted; at += step) {
        for (const takesEffect of EFFECTS) {
          const end = await killedAt(scene, at, takesEffect, preload);
          kills++;
          if (end.wrong.length > 0) wrong++;
          const when = `${scene.name}, killed ${takesEffect ? "after" : "before"} call ${at + 1}, ${end.call}`;
          faults.push(...end.wrong.map((one) => `${when}: ${one}`));
          log(`${scene.name}: killed at call ${at + 1} of ${whole.calls}`);
        }
      }
      figures.push({
        what: `${scene.name}: kills after which the next run ends wrongly`,
        value: wrong,
        unit: "",
        of: kills,
        goal: { atMost: 0 },
      });
    }
    return { figures, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Deployments and rollouts that are killed and started again. */
export const resume: Part = {
  name: "resume",
  claims:
    "`npm run deploy` and `npm run rollout`, killed by SIGKILL before or after any call of Pulumi or AWS " +
    "takes effect, finish correctly when they are started again, and don't repeat anything that matters.",
  judge:
    "the final state of the stack, its groups, instances and release command; the tests' own stand-ins " +
    "play Pulumi and AWS",
  count: 1000,
  counted: "calls at the most",
  measure,
};
