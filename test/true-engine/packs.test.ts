import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describeParity, type Difference } from "../support/parity";
import { fixture, pack } from "../support/rehearse";

/** Packs that would never end on the engine, which has no time limit. */
const NEVER_END = new Set(["hangs", "spins"]);

/** The program that shows a pack's behaviour, if it isn't one-bucket. */
const PROGRAMS: Readonly<Record<string, string>> = { "judges-buckets": "bad-and-good-buckets" };

/**
 * The engine prints its check mark without any evaluation for a pack without policies, or with all of them disabled.
 */
const EVALUATED_NOTHING: readonly Difference[] = [
  { aspect: "ending", line: /^failed, but on the engine clean/, why: "a pack that evaluated nothing fails" },
];

/** Intended differences between the rehearsal of a pack and the true engine: docs/differences.md. */
const DIFFERENCES: Readonly<Record<string, readonly Difference[]>> = {
  "has-no-policies": EVALUATED_NOTHING,
  "reads-unknowns": [
    {
      aspect: "ending",
      mode: "preview",
      line: /^refused, but on the engine clean/,
      why: "a mandatory rule that can't run in preview refuses",
    },
    {
      aspect: "findings",
      mode: "preview",
      line: /can't run policy 'must-read'/,
      why: "a mandatory rule that can't run in preview is reported as mandatory",
    },
  ],
};

for (const name of readdirSync(pack(""))) {
  if (NEVER_END.has(name)) continue;
  const program = PROGRAMS[name] ?? "one-bucket";
  describeParity({
    name: `${program} under the pack ${name}`,
    program: fixture(program),
    stack: "dev",
    pack: pack(name),
    differences: DIFFERENCES[name] ?? [],
  });
}

for (const config of ["strict.json", "all-disabled.json", "bad-level.json", "bad-values.json"]) {
  describeParity({
    name: `one-bucket under the pack configurable with ${config}`,
    program: fixture("one-bucket"),
    stack: "dev",
    pack: pack("configurable"),
    packConfig: join(pack("configurable"), config),
    differences: config === "all-disabled.json" ? EVALUATED_NOTHING : [],
  });
}
