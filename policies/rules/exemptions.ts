import { clock } from "../clock";
import { givenExemptions, unusedExemptions } from "../exemptions";
import { advice, stackRule, violations } from "../rule";
import { integerSetting } from "../settings";

const DAY = 86_400_000;

/** Stands at the end of the catalogue: it speaks of what the rules before it found. */
export const exemptionsInUse = stackRule({
  id: "exemptions-in-use",
  area: "evasion",
  title: "Exemptions end, and those that nothing needs are taken out",
  severity: "low",
  level: "stack",
  description:
    "Every exemption in the configuration ends within a year, or as configured, and has a violation to exempt, if it is of the stack that is judged. " +
    "One for good is a rule that nobody decides on again; one that is left over would let the next violation of that resource through, unseen.",
  remedy: 'Give it an earlier day, or remove it: { "<rule>": { "exemptions": [] } }.',
  advises: "exemptions that have nothing to exempt",
  references: [
    {
      label: "SEC01-BP08",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_securely_operate_implement_services_features.html",
    },
  ],
  settings: {
    maxDays: integerSetting(1, 3660, 366, "Most days from today to the last day of an exemption."),
  },
  judge({ resources }, { maxDays }) {
    const limit = new Date(clock.now() + maxDays * DAY).toISOString().slice(0, 10);
    const late = givenExemptions().flatMap(({ ruleId, exemption: { urn, expires } }) =>
      violations(
        [
          expires > limit
            ? `The exemption of ${urn} from ${ruleId} ends on ${expires}; it must end by ${limit}, in ${maxDays} days (setting maxDays)`
            : undefined,
        ],
        `"expires": "${limit}" or earlier, in the configuration of ${ruleId}`,
      ),
    );
    // One configuration may serve many stacks: what exempts a resource of another is none of this run's concern.
    const [judged] = resources;
    const concerned = unusedExemptions().filter(
      ({ exemption }) => judged === undefined || stackOf(exemption.urn) === stackOf(judged.urn),
    );
    const unused = concerned.flatMap(({ ruleId, exemption }) =>
      advice(
        [
          `The exemption of ${exemption.urn} from ${ruleId}, until ${exemption.expires}, has nothing to exempt`,
        ],
        `remove it from the configuration of ${ruleId}`,
      ),
    );
    return [...late, ...unused];
  },
});

/** What begins every URN of a stack: `urn:pulumi:STACK::PROJECT`. */
function stackOf(urn: string): string {
  return urn.split("::", 2).join("::");
}
