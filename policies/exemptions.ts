import { clock } from "./clock";
import type { Violation } from "./rule";
import type { Setting } from "./settings";

/** Leave to break one rule with one resource for a while. Stands in the rule's configuration. */
export interface Exemption {
  /** The resource's URN, whole. */
  readonly urn: string;
  /** Why, and who answers for it. */
  readonly reason: string;
  /** The last day it holds, as `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** The setting that every rule has. */
export const exemptionsSetting: Setting<readonly Exemption[]> = {
  description: "Resources that may break the rule for a while: whole URN, reason, last day (YYYY-MM-DD).",
  default: [],
  allowed: 'a list of { urn: "urn:pulumi:…", reason: "…", expires: "YYYY-MM-DD" }, and nothing else in them',
  schema: {
    type: "array",
    items: {
      type: "object",
      properties: { urn: { type: "string" }, reason: { type: "string" }, expires: { type: "string" } },
      required: ["urn", "reason", "expires"],
    },
  },
  parse: (given) => (Array.isArray(given) && given.every(isExemption) ? given : undefined),
};

function isExemption(value: unknown): value is Exemption {
  if (typeof value !== "object" || value === null) return false;
  const { urn, reason, expires, ...rest } = value as Record<string, unknown>;
  return (
    typeof urn === "string" &&
    /^urn:pulumi:[^*]+$/.test(urn) &&
    typeof reason === "string" &&
    reason.trim() !== "" &&
    isDay(expires) &&
    Object.keys(rest).length === 0
  );
}

function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** By rule, its exemptions that have had something to exempt: what is left at the end was of no use. */
const ledger = new Map<string, { readonly given: readonly Exemption[]; readonly used: Set<string> }>();

/**
 * Takes out of a rule's violations those that are exempted. One whose exemption has expired stays, and says so.
 *
 * @param defaultUrn - the resource of a violation that names none
 */
export function exempt(
  ruleId: string,
  exemptions: readonly Exemption[],
  violations: readonly Violation[],
  defaultUrn?: string,
): Violation[] {
  const known = ledger.get(ruleId);
  const entry = known?.given === exemptions ? known : { given: exemptions, used: new Set<string>() };
  ledger.set(ruleId, entry);
  return violations.flatMap((violation) => {
    const exemption = exemptions.find(({ urn }) => urn === (violation.urn ?? defaultUrn));
    if (exemption === undefined) return [violation];
    entry.used.add(exemption.urn);
    if (exemption.expires >= clock.today()) return [];
    const note = `Its exemption expired on ${exemption.expires}: put it right, or agree on a new day.`;
    return [{ ...violation, message: `${violation.message}\n${note}` }];
  });
}

/** By rule, the exemptions that nothing has needed so far. */
export function unusedExemptions(): { readonly ruleId: string; readonly exemption: Exemption }[] {
  return [...ledger].flatMap(([ruleId, { given, used }]) =>
    given.filter(({ urn }) => !used.has(urn)).map((exemption) => ({ ruleId, exemption })),
  );
}
