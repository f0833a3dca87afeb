import { clock } from "./clock";
import type { Violation } from "./rule";
import type { Setting } from "./settings";

/** Exempts one resource from one rule until a given day. Part of the rule's configuration. */
export interface Exemption {
  /** The resource's full URN. */
  readonly urn: string;
  /** The reason, and who is responsible. */
  readonly reason: string;
  /** The last day it applies, as `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** A full URN, without wildcards. */
const URN = /^urn:pulumi:[^*]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The setting that every rule has. */
export const exemptionsSetting: Setting<readonly Exemption[]> = {
  description:
    "Resources exempt from the rule until a given day: full URN or a list of them, reason, last day (YYYY-MM-DD).",
  default: [],
  allowed:
    'a list of { urn: "urn:pulumi:…" or a list of URNs, reason: "…", expires: "YYYY-MM-DD" } without other keys',
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

/** An exemption as a configuration writes it, for one resource or for several. */
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

/** By rule, its exemptions and the URNs of those that have exempted something so far. */
const ledger = new Map<string, { readonly given: readonly Exemption[]; readonly used: Set<string> }>();

/** A violation, and whether the configuration exempts it. */
export interface Judged extends Violation {
  /** Whether an exemption applies to it. Its message then begins with the exemption. */
  readonly isExempt: boolean;
}

/**
 * Marks the violations of a rule that are exempt, and adds to each message the last day and reason of its exemption, or
 * that the exemption has expired.
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
  ledger.set(ruleId, entry);
  return violations.map((violation) => {
    const exemption = exemptions.find(({ urn }) => urn === (violation.urn ?? defaultUrn));
    if (exemption === undefined) return { ...violation, isExempt: false };
    entry.used.add(exemption.urn);
    const { expires, reason } = exemption;
    const isExempt = expires >= clock.today();
    const note = isExempt
      ? `Exempt until ${expires}: ${reason}\n${violation.message}`
      : `${violation.message}\nIts exemption expired on ${expires}: fix the resource, or agree on a new day.`;
    return { ...violation, message: note, isExempt };
  });
}

/** By rule, all its exemptions. */
export function givenExemptions(): { readonly ruleId: string; readonly exemption: Exemption }[] {
  return [...ledger].flatMap(([ruleId, { given }]) => given.map((exemption) => ({ ruleId, exemption })));
}

/** By rule, the exemptions that have not exempted anything so far. */
export function unusedExemptions(): { readonly ruleId: string; readonly exemption: Exemption }[] {
  return [...ledger].flatMap(([ruleId, { given, used }]) =>
    given.filter(({ urn }) => !used.has(urn)).map((exemption) => ({ ruleId, exemption })),
  );
}
