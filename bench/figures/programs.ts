import { acceptedInSilence } from "./bad-input/judged-by-cfn-lint";
import { faultOf, type Outcome, rehearseMutants } from "./bad-input/programs";
import type { Measured, Measurement, Part } from "./part";

export const programs: Part = {
  name: "programs",
  claims:
    "Whatever a program contains, the rehearsal ends with a result or a message: never with a stack trace " +
    "of its own, with a hang, or by silently accepting what AWS would refuse.",
  judge:
    "the output and the clock, for the tests' programs with one change each; and cfn-lint, for the " +
    "programs that are allowed.",
  count: 1000,
  counted: "programs",
  measure,
};

/** Gives the same programs each time. */
const SEED = 1;

async function measure({ count, log, signal }: Measurement): Promise<Measured> {
  const faults: string[] = [];
  const outcomes: Outcome[] = [];
  let bad = 0;
  await rehearseMutants(count, SEED, signal, (outcome) => {
    outcomes.push(outcome);
    log(`${outcomes.length} of ${count} programs rehearsed`);
    const fault = faultOf(outcome);
    if (fault === undefined) return;
    bad++;
    faults.push(`${outcome.program}, ${outcome.change}: ${fault}`);
  });
  log("checking the allowed programs with cfn-lint");
  const silent = acceptedInSilence(outcomes);
  faults.push(...(silent ?? []));
  const of = outcomes.length;
  const allowed = outcomes.filter(({ status }) => status === 0).length;
  const figures = [
    {
      what: "changed programs with a stack trace of the rehearsal, a hang or no message",
      value: bad,
      unit: "",
      goal: { atMost: 0 },
      of,
    },
    { what: "changed programs that are allowed", value: allowed, unit: "", of },
    ...(silent === undefined
      ? []
      : [
          {
            what: "of these with a property that cfn-lint refuses",
            value: silent.length,
            unit: "",
            goal: { atMost: 0 },
            of: allowed,
          },
        ]),
  ];
  return { figures, faults: [...new Set(faults)] };
}
