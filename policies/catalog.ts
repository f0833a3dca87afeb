import type { EnforcementLevel, Policies } from "@pulumi/policy";
import { isUnknownValueError } from "./read";
import { isOf } from "./resources";
import type { Rule, StackSubject, Violation } from "./rule";
import { attachedGroups, targetHealth } from "./rules/health";
import { tlsListeners, tlsListenerRules } from "./rules/tls";

/** Every rule of the pack, in the order of the documentation, with the level it has unless configured otherwise. */
export const CATALOG: readonly { readonly rule: Rule; readonly enforcementLevel: EnforcementLevel }[] = [
  { rule: tlsListeners, enforcementLevel: "mandatory" },
  { rule: tlsListenerRules, enforcementLevel: "mandatory" },
  { rule: targetHealth, enforcementLevel: "mandatory" },
  { rule: attachedGroups, enforcementLevel: "mandatory" },
];

/** The catalogue as the SDK's `PolicyPack` takes it. */
export const policies: Policies = CATALOG.map(({ rule, enforcementLevel }) =>
  toPolicy(rule, enforcementLevel),
);

/**
 * Makes a policy of a rule.
 *
 * @throws (the policy, when run) if the rule reads an unknown value past `read`: the SDK would take that for an
 *   advisory, and a mandatory rule must not turn into one because of a slip
 */
export function toPolicy(rule: Rule, enforcementLevel: EnforcementLevel): Policies[number] {
  const facts = {
    name: rule.id,
    displayName: rule.title,
    description: rule.description,
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: rule.references.map((reference) => reference.label),
    ...(rule.references[0] ? { url: rule.references[0].url } : {}),
    enforcementLevel,
  };
  if (rule.level === "resource") {
    return {
      ...facts,
      validateResource: (resource, report) => {
        if (!isOf(rule.types, resource)) resource.notApplicable(`${rule.id} does not judge ${resource.type}`);
        for (const { message } of failingClosed(rule, () => rule.judge(resource))) report(message);
      },
    };
  }
  return {
    ...facts,
    validateStack: (stack, report) => {
      const resources: readonly StackSubject[] = stack.resources;
      for (const { message, urn } of failingClosed(rule, () => rule.judge(resources))) report(message, urn);
    },
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
