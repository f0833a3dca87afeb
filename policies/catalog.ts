import type { EnforcementLevel, Policies, PolicyConfigSchema, ReportViolation } from "@pulumi/policy";
import { frameworkOf } from "./controls";
import { exempt, exemptionsSetting, type Judged } from "./exemptions";
import { isUnknownValueError } from "./read";
import { isOf } from "./resources";
import type { Area, Rule, StackSubject, Violation } from "./rule";
import { evasionRules } from "./rules/evasion";
import { exemptionsInUse } from "./rules/exemptions";
import { exposureRules } from "./rules/exposure";
import { healthRules } from "./rules/health";
import { observabilityRules } from "./rules/observability";
import { refusedByAwsRules } from "./rules/refused-by-aws";
import { resilienceRules } from "./rules/resilience";
import { tlsRules } from "./rules/tls";
import { levelSetting, schemaOf, type Settings, valuesOf } from "./settings";
import { endOfRun, indexed, keepInputs } from "./stack";

/** The areas of the rules, in the order of the documentation, with the default level of each. */
export const AREAS: Readonly<
  Record<Area, { readonly title: string; readonly level: "advisory" | "mandatory" }>
> = {
  tls: { title: "TLS", level: "mandatory" },
  health: { title: "Health", level: "mandatory" },
  exposure: { title: "Exposure", level: "mandatory" },
  evasion: { title: "Evasion", level: "mandatory" },
  "refused-by-aws": { title: "Would AWS refuse it?", level: "mandatory" },
  resilience: { title: "Resilience", level: "advisory" },
  observability: { title: "Observability", level: "advisory" },
};

/** Every rule of the pack, in the order of the documentation. */
export const CATALOG: readonly Rule[] = [
  ...tlsRules,
  ...healthRules,
  ...exposureRules,
  ...evasionRules,
  ...refusedByAwsRules,
  ...resilienceRules,
  ...observabilityRules,
  exemptionsInUse,
];

/** The setting of every mandatory rule that also has advisory findings. */
const adviceLevel = levelSetting(
  "advisory",
  "Level of the rule's advisory findings while the rule itself is mandatory.",
);

/** The catalogue in the form that the SDK's `PolicyPack` expects. */
export const policies: Policies = CATALOG.map(toPolicy);

/** The level a rule has without configuration: the profile `baseline`. */
export function levelOf(rule: Rule): EnforcementLevel {
  return rule.enforcementLevel ?? AREAS[rule.area].level;
}

/**
 * Turns a rule into a policy.
 *
 * @throws (the policy, when run) if its configuration is wrong, or if the rule reads an unknown value without `read`:
 *   the SDK would report that as an advisory, and a mistake in a mandatory rule must not weaken it
 */
export function toPolicy(rule: Rule): Policies[number] {
  const framework = frameworkOf(rule.references.map(({ label }) => label));
  const facts = {
    name: rule.id,
    displayName: rule.title,
    description: rule.description,
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: [rule.area, ...rule.references.map((reference) => reference.label)],
    ...(rule.references[0] ? { url: rule.references[0].url } : {}),
    ...(framework === undefined ? {} : { framework }),
    enforcementLevel: levelOf(rule),
    configSchema: configSchemaOf(rule),
  };
  const configuration = configurationOf(rule);
  if (rule.level === "resource") {
    return {
      ...facts,
      validateResource: (resource, report) => {
        const { adviceLevel, exemptions, settings } = configuration(resource.getConfig());
        keepInputs(resource);
        // Not `resource.notApplicable`: it throws, and most rules don't judge most resources.
        const applies = rule.types === "*" || isOf(rule.types, resource);
        const violations = applies ? failingClosed(rule, () => rule.judge(resource, settings)) : [];
        for (const judged of exempt(rule.id, exemptions, violations, resource.urn))
          tell(report, rule, judged, adviceLevel);
      },
    };
  }
  return {
    ...facts,
    validateStack: (stack, report) => {
      const { adviceLevel, exemptions, settings } = configuration(stack.getConfig());
      const resources: readonly StackSubject[] = stack.resources;
      endOfRun(resources);
      const violations = failingClosed(rule, () => rule.judge(indexed(resources), settings));
      for (const judged of exempt(rule.id, exemptions, violations)) tell(report, rule, judged, adviceLevel);
    },
  };
}

/**
 * A finding with its own level. The SDK's server accepts it, but the SDK's declarations omit it.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/server.ts`, `makeReportViolationFun`.
 */
type ReportAt = (finding: {
  message: string;
  urn: string | undefined;
  enforcementLevel: EnforcementLevel;
}) => void;

/** Reports exempt violations as advisory, advice at `adviceLevel`, and everything else at the policy's level. */
function tell(report: ReportViolation, rule: Rule, judged: Judged, adviceLevel: EnforcementLevel): void {
  const { message, urn, isAdvice, isExempt } = judged;
  if (isExempt || isAdvice === true) {
    const enforcementLevel = isExempt ? "advisory" : adviceLevel;
    if (enforcementLevel === "disabled") return;
    (report as unknown as ReportAt)({ message: `${rule.description}\n${message}`, urn, enforcementLevel });
    return;
  }
  const permits = rule.permits ?? "an exemption with a reason and a last day";
  const permit = `; or, if it is safe as it is, use ${permits} in the configuration of ${rule.id}`;
  report(levelOf(rule) === "mandatory" ? `${message}${permit}` : message, urn);
}

/** The schema by which the engine checks a rule's configuration. */
export function configSchemaOf(rule: Rule): PolicyConfigSchema {
  return schemaOf({ ...settingsOf(rule), exemptions: exemptionsSetting });
}

/** A rule's settings without its exemptions: its own, and the level of its advice. */
export function settingsOf(rule: Rule): Settings {
  return { ...rule.settings, ...(rule.advises === undefined ? {} : { adviceLevel }) };
}

/** Reads a rule's configuration, and reads it again only when it changes. */
function configurationOf(rule: Rule) {
  const definitions = { ...settingsOf(rule), exemptions: exemptionsSetting };
  let read: { readonly text: string; readonly values: ReturnType<typeof readValues> } | undefined;
  const readValues = (given: object) => {
    const { exemptions, ...settings } = valuesOf(rule.id, definitions, given);
    const level = (settings as Record<string, unknown>)["adviceLevel"] as EnforcementLevel | undefined;
    return { exemptions, settings, adviceLevel: level ?? adviceLevel.default };
  };
  return (given: object): ReturnType<typeof readValues> => {
    const text = JSON.stringify(given);
    if (read?.text !== text) read = { text, values: readValues(given) };
    return read.values;
  };
}

function failingClosed(rule: Rule, judge: () => Violation[]): Violation[] {
  try {
    return judge();
  } catch (error) {
    if (isUnknownValueError(error)) {
      throw new Error(
        `rule ${rule.id} read an unknown value where it should have used read(): ${error.message}`,
      );
    }
    throw error;
  }
}
