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

/** A URN, whole. */
const URN = /^urn:pulumi:[^*]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The setting that every rule has. */
export const exemptionsSetting: Setting<readonly Exemption[]> = {
  description:
    "Resources that may break the rule for a while: whole URN, or a list of them, reason, last day (YYYY-MM-DD).",
  default: [],
  allowed:
    'a list of { urn: "urn:pulumi:…" or a list of such, reason: "…", expires: "YYYY-MM-DD" }, and nothing else in them',
  schema: {
    type: "array",
    items: {
      type: "object",
      properties: {
        urn: {
          type: ["string", "array"],
          pattern: URN.source,
          items: { type: "string", pattern: URN.source },
          minItems: 1,
        },
        reason: { type: "string", pattern: String.raw`\S` },
        expires: { type: "string", pattern: DAY.source },
      },
      required: ["urn", "reason", "expires"],
      additionalProperties: false,
    },
  },
  parse: (given) => {
    if (!Array.isArray(given) || !given.every(isGiven)) return undefined;
    return given.flatMap(({ urn, ...leave }) => [urn].flat().map((one) => ({ urn: one, ...leave })));
  },
};

/** What a configuration gives: one exemption, or the same for several resources. */
type Given = Omit<Exemption, "urn"> & { readonly urn: string | readonly string[] };

function isGiven(value: unknown): value is Given {
  if (typeof value !== "object" || value === null) return false;
  const { urn, reason, expires, ...rest } = value as Record<string, unknown>;
  const urns: unknown[] = [urn].flat();
  return (
    urns.length > 0 &&
    urns.every((one) => typeof one === "string" && URN.test(one)) &&
    typeof reason === "string" &&
    reason.trim() !== "" &&
    isDay(expires) &&
    Object.keys(rest).length === 0
  );
}

function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !DAY.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** By rule, its exemptions that have had something to exempt: what is left at the end was of no use. */
const ledger = new Map<string, { readonly given: readonly Exemption[]; readonly used: Set<string> }>();

/** A violation, and what the configuration says of it. */
export interface Judged extends Violation {
  /** Whether an exemption holds for it, which its message then begins with. */
  readonly isExempt: boolean;
}

/**
 * Tells which of a rule's violations are exempt, until when and why, and of which the exemption has expired.
 *
 * @param defaultUrn - the resource of a violation that names none
 */
export function exempt(
  ruleId: string,
  exemptions: readonly Exemption[],
  violations: readonly Violation[],
  defaultUrn?: string,
): Judged[] {
  const known = ledger.get(ruleId);
  const entry = known?.given === exemptions ? known : { given: exemptions, used: new Set<string>() };
  if (entry !== known) ledger.set(ruleId, entry);
  if (violations.length === 0) return [];
  return violations.map((violation) => {
    const exemption = exemptions.find(({ urn }) => urn === (violation.urn ?? defaultUrn));
    if (exemption === undefined) return { ...violation, isExempt: false };
    entry.used.add(exemption.urn);
    const { expires, reason } = exemption;
    const isExempt = expires >= clock.today();
    const note = isExempt
      ? `Exempt until ${expires}: ${reason}\n${violation.message}`
      : `${violation.message}\nIts exemption expired on ${expires}: put it right, or agree on a new day.`;
    return { ...violation, message: note, isExempt };
  });
}

/** By rule, all its exemptions. */
export function givenExemptions(): { readonly ruleId: string; readonly exemption: Exemption }[] {
  return [...ledger].flatMap(([ruleId, { given }]) => given.map((exemption) => ({ ruleId, exemption })));
}

/** By rule, the exemptions that nothing has needed so far. */
export function unusedExemptions(): { readonly ruleId: string; readonly exemption: Exemption }[] {
  return [...ledger].flatMap(([ruleId, { given, used }]) =>
    given.filter(({ urn }) => !used.has(urn)).map((exemption) => ({ ruleId, exemption })),
  );
}
