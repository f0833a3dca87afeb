import { clock } from "../clock";
import { givenExemptions, unusedExemptions } from "../exemptions";
import { advice, stackRule, violations } from "../rule";
import { integerSetting } from "../settings";

const DAY = 86_400_000;

/** The last rule of the catalogue, because it depends on what the other rules found. */
export const exemptionsInUse = stackRule({
  id: "exemptions-in-use",
  area: "evasion",
  title: "Exemptions expire, and unused ones are removed",
  severity: "low",
  level: "stack",
  description:
    "Every exemption in the configuration ends within a year, or within the configured number of days, and exempts a violation if its resource is in the stack being judged. " +
    "Nobody reviews an exemption that never ends, and an unused one would hide the next violation of that resource.",
  remedy: 'Set an earlier day, or remove the exemption: { "<rule>": { "exemptions": [] } }.',
  advises: "exemptions that do not exempt anything",
  references: [
    {
      label: "SEC01-BP08",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_securely_operate_implement_services_features.html",
    },
  ],
  settings: {
    maxDays: integerSetting(
      1,
      3660,
      366,
      "Maximum number of days from today to the last day of an exemption.",
    ),
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
    // One configuration may serve many stacks; exemptions for resources of other stacks do not concern this run.
    const [judged] = resources;
    const concerned = unusedExemptions().filter(
      ({ exemption }) => judged === undefined || stackOf(exemption.urn) === stackOf(judged.urn),
    );
    const unused = concerned.flatMap(({ ruleId, exemption }) =>
      advice(
        [
          `The exemption of ${exemption.urn} from ${ruleId}, until ${exemption.expires}, does not exempt anything`,
        ],
        `remove it from the configuration of ${ruleId}`,
      ),
    );
    return [...late, ...unused];
  },
});

/** The prefix of every URN of a stack: `urn:pulumi:STACK::PROJECT`. */
function stackOf(urn: string): string {
  return urn.split("::", 2).join("::");
}
