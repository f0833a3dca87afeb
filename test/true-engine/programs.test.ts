import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describeParity, type Difference, type ParityCase } from "../support/parity";
import { fixture, pack, ROOT } from "../support/rehearse";

/** Programs that would never end on the engine, which has no time limit. */
const NEVER_END = new Set(["hangs"]);

/** Intended differences between the rehearsal of a fixture and the true engine: docs/differences.md. */
const DIFFERENCES: Readonly<Record<string, readonly Difference[]>> = {
  "remote-component": [
    {
      aspect: "resources",
      line: /awsx:ecr:Repository|::pulumi:providers:|"url-/,
      why: "the rehearsal does not play this component: it stays one box",
    },
  ],
  secrets: [
    {
      aspect: "resources",
      mode: "up",
      line: /\.tagsAll\.token: "\[secret\]", but the engine has "hunter2/,
      why: "a stack's own secret is hidden wherever a report would show it",
    },
  ],
  "dynamic-provider": [
    { aspect: "resources", mode: "up", line: /pulumi-nodejs/, why: "a dynamic provider's code isn't run" },
  ],
};

/** A fixture's requirements in addition to its folder. */
const EXTRAS: Readonly<Record<string, Partial<ParityCase>>> = {
  secrets: { passphrase: "fixture" },
  // Our pack refuses a dynamic resource before it is created, so there would be nothing to compare.
  "dynamic-provider": { pack: pack("allows") },
  "awsx-lb": { pack: pack("allows") },
};

/** The fixture programs, by their stack files. */
function cases(): ParityCase[] {
  return readdirSync(fixture(""))
    .filter((name) => existsSync(join(fixture(name), "Pulumi.yaml")) && !NEVER_END.has(name))
    .flatMap((name) => {
      const own = join(fixture(name), "policies");
      const judge = existsSync(join(own, "PulumiPolicy.yaml")) ? own : join(ROOT, "policies");
      const stacks = readdirSync(fixture(name)).flatMap(
        (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
      );
      return stacks.map((stack) => ({
        name,
        stack,
        pack: judge,
        program: fixture(name),
        differences: DIFFERENCES[name] ?? [],
        ...EXTRAS[name],
      }));
    });
}

cases().forEach(describeParity);

for (const file of ["wrong-types.yaml", "malformed.yaml", "not-a-mapping.yaml"]) {
  describeParity({
    name: `typed-config with ${file}`,
    program: fixture("typed-config"),
    stack: "dev",
    pack: join(ROOT, "policies"),
    configFile: join(fixture("typed-config"), file),
  });
}
