import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Finding } from "../../packages/rehearse/engine/diagnostics";
import { ROOT } from "./rehearse";

const PACK = join(ROOT, "policies");
const PROFILE = join(PACK, "profiles", "strict.json");
const OWN = join(ROOT, "policies.strict.json");

type Configuration = Readonly<
  Record<string, { readonly exemptions?: readonly { readonly urn: string[]; readonly expires: string }[] }>
>;
const read = (file: string): Configuration => JSON.parse(readFileSync(file, "utf8")) as Configuration;

/** The profile `strict`. */
export const STRICT_PROFILE = read(PROFILE);

/** Judges by the profile `strict`, with no exemption. */
export const STRICT = ["--policy-pack", PACK, "--policy-pack-config", PROFILE];

/** Judges by the profile `strict` with the exemptions of our own stacks and examples. */
export const STRICT_BUT_EXEMPT = ["--policy-pack", PACK, "--policy-pack-config", OWN];

/** What is exempt in our own stacks and examples: the rule, the resource's URN, the last day. */
export const EXEMPT: readonly (readonly [rule: string, urn: string, until: string])[] = Object.entries(
  read(OWN),
).flatMap(([rule, { exemptions = [] }]) =>
  exemptions.flatMap(({ urn, expires }) => urn.map((one) => [rule, one, expires] as const)),
);

/** What is exempt in a stack, in the order of URNs. */
export function exemptIn(stack: string): typeof EXEMPT {
  return inOrder(EXEMPT.filter(([, urn]) => urn.startsWith(`urn:pulumi:${stack}::`)));
}

/** What a run found, as {@link exemptIn} tells it; what isn't exempt has no last day. */
export function told(findings: readonly Finding[]): readonly (readonly [string, string, string])[] {
  return inOrder(
    findings.map(({ policy, urn, level, exemption }) => [policy, urn, exemption?.until ?? level] as const),
  );
}

function inOrder(rows: typeof EXEMPT): typeof EXEMPT {
  return [...rows].sort(([, a], [, b]) => a.localeCompare(b));
}
