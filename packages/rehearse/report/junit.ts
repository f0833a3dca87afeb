import { type JunitCase, junitOf } from "../cli/junit";
import { nameOf } from "../engine/urn";
import type { PolicyInfo } from "../project/pack-config";
import type { Rehearsal } from "../rehearsal";
import { CHILDREN_UNKNOWN } from "./resources";

/** A policy that is off, or that found nothing before the rehearsal failed, has not passed. */
function skippedBecause(
  level: PolicyInfo["level"],
  verdict: Rehearsal["verdict"],
  findings: number,
): Pick<JunitCase, "skipped"> {
  if (level === "disabled") return { skipped: "" };
  return verdict === "failed" && findings === 0
    ? { skipped: "the rehearsal failed before everything was judged" }
    : {};
}

/**
 * The verdicts as a test report for CI: a suite for each stack and mode, a case for each policy. Advisory findings
 * don't fail a case; they are in its output.
 */
export function toJunit(rehearsals: readonly Rehearsal[]): string {
  return junitOf(
    rehearsals.map(({ stack, mode, packs, seconds, verdict, findings, unjudged, plan, diagnostics }) => {
      const failed = diagnostics
        .filter(({ severity }) => severity === "error" && verdict === "failed")
        .map(({ message }) => ({ classname: stack, name: "the rehearsal", errors: [{ text: message }] }));
      const unseen = unjudged.map(({ urn, allowed }) => ({
        classname: stack,
        name: `not judged: ${nameOf(urn)}`,
        ...(allowed
          ? { output: [`allowed by its type: ${urn}`] }
          : { failures: [{ text: urn, message: `${CHILDREN_UNKNOWN}, so no policy saw them` }] }),
      }));
      const refused = (plan?.refusals ?? []).map(({ urn, message }) => ({
        classname: stack,
        name: `refused by Pulumi: ${nameOf(urn)}`,
        failures: [{ text: urn, message }],
      }));
      const cases = packs.flatMap((pack) =>
        pack.policies.map((policy): JunitCase => {
          const own = findings.filter(
            (finding) => finding.pack === pack.name && finding.policy === policy.name,
          );
          const mandatory = own.filter(({ level }) => level === "mandatory");
          const others = own.filter(({ level }) => level !== "mandatory");
          return {
            classname: pack.name,
            name: policy.name,
            failures: mandatory.map(({ urn, message }) => ({
              text: `${urn}\n${message}`,
              type: policy.name,
              message: message.split("\n", 1)[0] ?? "",
            })),
            output: others.map(
              ({ urn, message, exemption }) =>
                `${exemption === undefined ? "advisory" : `exempt until ${exemption.until}`}: ${urn}\n${message}`,
            ),
            ...skippedBecause(policy.level, verdict, own.length),
          };
        }),
      );
      return { name: `${stack} (${mode})`, cases: [...failed, ...unseen, ...refused, ...cases], seconds };
    }),
  );
}
