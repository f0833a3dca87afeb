import { unusedExemptions } from "../exemptions";
import { stackRule } from "../rule";

/** Stands at the end of the catalogue: it speaks of what the rules before it found. */
export const exemptionsInUse = stackRule({
  id: "exemptions-in-use",
  area: "evasion",
  title: "Exemptions that nothing needs are taken out",
  severity: "low",
  level: "stack",
  enforcementLevel: "advisory",
  description:
    "Every exemption in the configuration has a violation to exempt. " +
    "One that is left over would let the next violation of that resource through, unseen.",
  remedy: 'Remove it: { "<rule>": { "exemptions": [] } }.',
  references: [
    {
      label: "SEC01-BP08",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_securely_operate_implement_services_features.html",
    },
  ],
  judge: () =>
    unusedExemptions().map(({ ruleId, exemption }) => ({
      message:
        `The exemption of ${exemption.urn} from ${ruleId}, until ${exemption.expires}, has nothing to exempt.\n` +
        `Fix: remove it from the configuration of ${ruleId}`,
    })),
});
