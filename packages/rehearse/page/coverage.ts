import type { Finding } from "../engine/diagnostics";
import type { Framework } from "../project/pack-config";
import type { PackFacts } from "../rehearsal";

/** How a pack's policies cover a framework. */
export interface Coverage {
  readonly framework: string;
  readonly requirements: readonly {
    readonly id: string;
    readonly policies: readonly string[];
    /** The worst state of its policies: `off` if none of them is enabled. */
    readonly state: "finding" | "exempt" | "off" | "clean";
  }[];
}

/** The frameworks that a pack's policies name, with the findings for each requirement. */
export function coverageOf({ name, policies }: PackFacts, findings: readonly Finding[]): Coverage[] {
  const frameworks = new Map<string, Map<string, Set<string>>>();
  const off = new Set(policies.flatMap((policy) => (policy.level === "disabled" ? policy.name : [])));
  for (const policy of policies) {
    for (const { framework, id } of requirementsOf(policy.framework)) {
      const requirements = frameworks.get(framework) ?? new Map<string, Set<string>>();
      frameworks.set(framework, requirements);
      requirements.set(id, (requirements.get(id) ?? new Set()).add(policy.name));
    }
  }
  const own = findings.filter(({ pack }) => pack === name);
  const stateOf = (answering: readonly string[]) => {
    const found = own.filter(({ policy }) => answering.includes(policy));
    if (found.some(({ exemption }) => exemption === undefined)) return "finding";
    if (found.length > 0) return "exempt";
    return answering.every((policy) => off.has(policy)) ? "off" : "clean";
  };
  const order = new Intl.Collator("en", { numeric: true });
  return [...frameworks].map(([framework, requirements]) => ({
    framework,
    requirements: [...requirements]
      .sort(([a], [b]) => order.compare(a, b))
      .map(([id, names]) => ({ id, policies: [...names], state: stateOf([...names]) })),
  }));
}

/**
 * The requirements that a policy covers: of the framework that its `reference` names, and of others in its
 * `specification`, each written as `FRAMEWORK ID` and separated by commas, as `@web-store/policies` does.
 */
function requirementsOf(given: Framework | undefined): { framework: string; id: string }[] {
  if (given === undefined || given.name === "") return [];
  const { name, version, reference, specification } = given;
  const framework = version === "" ? name : `${name} ${version}`;
  const ids = partsOf(reference);
  const others = partsOf(specification).map((part) => /^(.*[A-Za-z].*) (\S*\d\S*)$/.exec(part));
  return [
    ...(ids.length === 0 ? ["(no requirement named)"] : ids).map((id) => ({ framework, id })),
    // Otherwise it is prose.
    ...(others.every((other) => other !== null)
      ? others.flatMap((other) => (other === null ? [] : { framework: other[1] ?? "", id: other[2] ?? "" }))
      : []),
  ];
}

function partsOf(list: string): string[] {
  return list
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
