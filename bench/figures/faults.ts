import { nameOf } from "../../packages/rehearse/engine/urn";
import { noteDifference, onStack, PHASES, prepare, type Trial } from "./faults/trial";
import type { Met } from "./faults/trouble";
import type { Figure, Measured, Part } from "./part";

/** Number of runs after which a phase is abandoned. */
const MOST_RUNS = 60;

/** Lets every call fail once in each phase, and runs Pulumi again until the phase succeeds. */
async function failing(trial: Trial): Promise<Measured> {
  const { stack, trouble, log, signal, faults } = trial;
  const figures: Figure[] = [];
  let [failures, unnamed] = [0, 0];
  trouble.isFailing = true;
  for (const { name, what, changes } of PHASES) {
    await prepare(stack, what, changes);
    trouble.forget();
    let [runs, isThrough, met] = [0, false, 0];
    while (!isThrough && runs < MOST_RUNS && !signal.aborted) {
      trouble.begin();
      const { exitCode, stdout, stderr } = await stack.run(what);
      runs++;
      isThrough = exitCode === 0;
      met += trouble.met.length;
      const silent = trouble.met.filter((one) => !isTold(one, stdout + stderr));
      unnamed += silent.length;
      if (!isThrough && trouble.met.length === 0) {
        const said = (stderr + stdout).split("\n").filter((line) => /error/i.test(line));
        faults.push(`${name}: a run failed without an injected fault: ${said.slice(0, 3).join(" ")}`);
        break;
      }
      log(`${name}: run ${runs}, ${met} calls have failed`);
    }
    failures += met;
    if (!isThrough) faults.push(`${name}: no success after ${runs} runs`);
    const differing = await noteDifference(trial, name);
    figures.push(
      {
        what: `${name}: runs of pulumi ${what} until success, with each call failing once`,
        value: runs,
        unit: "",
      },
      { what: `${name}: calls that failed`, value: met, unit: "" },
      { what: `${name}: created twice, orphaned or lost`, value: differing, unit: "", goal: { atMost: 0 } },
    );
  }
  figures.push({
    what: "failed calls for which the output doesn't name the resource and AWS's error",
    value: unnamed,
    unit: "",
    of: failures,
    goal: { atMost: 0 },
  });
  return { figures, faults };
}

function isTold({ call, says }: Met, output: string): boolean {
  return output.includes(nameOf(call.urn)) && output.includes(says);
}

/** Deployments on the true engine during which calls fail. */
export const faults: Part = {
  name: "faults",
  claims:
    "If each call that creates, updates or deletes fails once (refused, throttled, too early for IAM, or " +
    "done but not ready in time), repeated runs of `pulumi up` and `pulumi destroy` of dev succeed, " +
    "nothing exists twice or is left over, and each error names its resource.",
  judge:
    "the real engine, and the list of what the stand-in for the AWS provider has created, compared with " +
    "the state",
  count: 0,
  counted: "",
  measure: (run) => onStack(run, failing),
};
