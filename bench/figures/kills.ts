import { noteDifference, onStack, PHASES, prepare, type Trial } from "./faults/trial";
import type { Measured, Part } from "./part";

/** Calls of a run before it is killed. */
const CALLS_BETWEEN = 20;

/** The engine is killed at calls that are spread over the phases; the lock is taken, and it is run again. */
async function killed(trial: Trial, count: number): Promise<Measured> {
  const { stack, trouble, log, signal, faults } = trial;
  let [kills, runs, pendings, open, untold] = [0, 0, 0, 0, 0];
  let remains = 0;
  for (const [index, { name, what, changes }] of PHASES.entries()) {
    await prepare(stack, what, changes);
    const wanted =
      Math.floor(((index + 1) * count) / PHASES.length) - Math.floor((index * count) / PHASES.length);
    let lost: readonly string[] = [];
    for (let kill = 0; kill < wanted && !signal.aborted; kill++) {
      trouble.begin();
      const time = new Promise<void>((resolve) => {
        // Once it has begun: everything from that call on is never answered.
        trouble.killAt = (_, at) => at >= CALLS_BETWEEN && (setTimeout(resolve, 500), true);
      });
      const isKilled = await stack.runAndKill(what, time);
      trouble.killAt = undefined;
      if (!isKilled) break;
      kills++;
      const { pending } = await stack.state();
      pendings += pending.length;
      await stack.cancel();
      log(`${name}: killed ${kills} times, ${pending.length} calls under way`);
      lost = pending;
    }
    const { exitCode, stdout, stderr } = await stack.run(what);
    runs++;
    if (exitCode !== 0)
      faults.push(`${name}: after a kill the next run fails: ${(stderr + stdout).slice(-300)}`);
    open += lost.length;
    untold += lost.filter((one) => !(stdout + stderr).includes(one.split(" ")[1] ?? one)).length;
    // What was lost in a phase is there in the next, too: only the end counts.
    if (index === PHASES.length - 1) remains = await noteDifference(trial, name);
  }
  return {
    figures: [
      {
        what: "kills (SIGKILL of pulumi and whatever it started), then pulumi cancel",
        value: kills,
        unit: "",
      },
      { what: "calls under way then, kept in the state as pending", value: pendings, unit: "" },
      {
        what: "those of the last kill of a phase that the next run doesn't name",
        value: untold,
        unit: "",
        of: open,
        goal: { atMost: 0 },
      },
      {
        what: "resources that are at AWS in the end, after pulumi destroy, and that Pulumi doesn't know",
        value: remains,
        unit: "",
        goal: { atMost: 0 },
      },
      {
        what: "runs until all is through after the last kill of a phase",
        value: runs,
        unit: "",
        of: PHASES.length,
      },
    ],
    faults,
  };
}

/** The true engine, killed. */
export const kills: Part = {
  name: "kills",
  claims:
    "`pulumi up` and `pulumi destroy` of dev, killed by SIGKILL while calls are under way, half of which AWS carries out, get through after `pulumi cancel`, and name what was under way. That nothing is there twice afterwards Pulumi doesn't promise: `npm run deploy` refuses to begin until it is looked after.",
  judge: "the true engine, and the list of what the stand-in of the AWS provider has made, beside the state",
  count: 6,
  counted: "kills",
  measure: ({ count, ...run }) => onStack(run, (trial) => killed(trial, count)),
};
