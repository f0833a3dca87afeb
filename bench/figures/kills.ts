import { noteDifference, onStack, PHASES, prepare, type Trial } from "./faults/trial";
import type { Measured, Part } from "./part";

/** Number of calls of a run before it is killed. */
const CALLS_BETWEEN = 20;

/** Kills the engine at calls spread over the phases, then removes the lock and runs it again. */
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
        // Lets the run begin first. That call and all later ones are never answered.
        trouble.killAt = (_, at) => at >= CALLS_BETWEEN && (setTimeout(resolve, 500), true);
      });
      const isKilled = await stack.runAndKill(what, time);
      trouble.killAt = undefined;
      if (!isKilled) break;
      kills++;
      const { pending } = await stack.state();
      pendings += pending.length;
      await stack.cancel();
      log(`${name}: killed ${kills} times, ${pending.length} calls pending`);
      lost = pending;
    }
    const { exitCode, stdout, stderr } = await stack.run(what);
    runs++;
    if (exitCode !== 0)
      faults.push(`${name}: after a kill the next run fails: ${(stderr + stdout).slice(-300)}`);
    open += lost.length;
    untold += lost.filter((one) => !(stdout + stderr).includes(one.split(" ")[1] ?? one)).length;
    // A resource that is lost in one phase is still there in the next, so only the end counts.
    if (index === PHASES.length - 1) remains = await noteDifference(trial, name);
  }
  return {
    figures: [
      {
        what: "kills (SIGKILL of pulumi and all its processes), each followed by pulumi cancel",
        value: kills,
        unit: "",
      },
      { what: "calls pending at that time, recorded in the state", value: pendings, unit: "" },
      {
        what: "of these, from the last kill of a phase, not named by the next run",
        value: untold,
        unit: "",
        of: open,
        goal: { atMost: 0 },
      },
      {
        what: "resources that still exist in AWS after pulumi destroy, unknown to Pulumi",
        value: remains,
        unit: "",
        goal: { atMost: 0 },
      },
      { what: "runs until success after the last kill of a phase", value: runs, unit: "", of: PHASES.length },
    ],
    faults,
  };
}

/** Deployments on the true engine that are killed. */
export const kills: Part = {
  name: "kills",
  claims:
    "`pulumi up` and `pulumi destroy` of dev, killed by SIGKILL while calls are pending, half of which AWS " +
    "still carries out, succeed after `pulumi cancel`, and name the pending calls. Pulumi doesn't promise " +
    "that nothing exists twice afterwards: `npm run deploy` refuses to start until somebody has dealt with " +
    "the pending calls.",
  judge:
    "the real engine, and the list of what the stand-in for the AWS provider has created, compared with " +
    "the state",
  count: 6,
  counted: "kills",
  measure: ({ count, ...run }) => onStack(run, (trial) => killed(trial, count)),
};
