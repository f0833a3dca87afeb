import { resourceRule, stackRule, violations } from "../../rule";
import type { Reference, StackSubject, Violation } from "../../rule";
import { read } from "../../read";
import { DEFAULT_SECURITY_GROUP, isOf, SECURITY_GROUP } from "../../resources";
import type { Follow, Stack } from "../../stack";
import { INGRESS, ingressOf, ingressSettings, inWords, openings } from "./ingress";
import type { Ingress, IngressSettings } from "./ingress";

const FIX =
  '{ ipProtocol: "tcp", fromPort: 8080, toPort: 8080, referencedSecurityGroupId: loadBalancer.securityGroupId }, ' +
  'or a narrow literal source such as cidrIpv4: "10.0.0.0/16"';

const REFERENCES: readonly Reference[] = [
  ...["EC2.18", "EC2.19"].map((label) => ({
    label,
    url: `https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#${label.toLowerCase().replace(".", "-")}`,
  })),
  {
    label: "SEC05-BP02",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
  },
];

/** Security groups with inline ingress, and rules of their own, each judged by its own inputs. */
export const worldIngress = resourceRule({
  id: "world-ingress",
  area: "exposure",
  title: "The world comes in on web ports only",
  severity: "critical",
  level: "resource",
  description:
    "Security groups let the world in on the ports of HTTP and HTTPS only, however the world is written; " +
    "a source that cannot be read in a preview counts as the world. " +
    "Every other open port is tried by strangers within minutes.",
  remedy: `Ingress: ${FIX}.`,
  references: REFERENCES,
  settings: ingressSettings,
  types: INGRESS,
  judge(resource, settings) {
    const { elements, fault } = ingressOf(resource, settings);
    if (fault !== undefined) return violations([fault], FIX);
    const alone = elements.filter((element) => openings([element], settings).length > 0);
    const rest = elements.filter((element) => !alone.includes(element));
    const together = openings(rest, settings).map(
      ({ traffic, by }) =>
        `${by.map(({ label }) => label).join(" and ")} together let the world in on ${inWords([traffic])}`,
    );
    return [...alone.map(faultOf), ...together].flatMap((text) => violations([text], FIX));
  },
});

function faultOf({ label, traffic, ranges, doubts }: Ingress): string {
  const what = label === "" ? "The rule" : label;
  const reasons =
    ranges.length > 0 && doubts.length === 0 ? ["its CIDR blocks hold too many public addresses"] : doubts;
  return `${what} lets the world in on ${inWords(traffic)}: ${reasons.join("; ")}`;
}

/** The world in parts, spread over several rules of one security group: only the stack shows them together. */
export const worldIngressStack = stackRule({
  id: "world-ingress-stack",
  area: "exposure",
  title: "Rules of a security group do not add up to the world",
  severity: "critical",
  level: "stack",
  description:
    "The rules of a security group, taken together, let the world in on the ports of HTTP and HTTPS only. " +
    "Two halves of the internet in two rules are as open as the whole in one.",
  remedy: `Ingress: ${FIX}.`,
  references: REFERENCES,
  settings: ingressSettings,
  judge(stack, settings) {
    return [...bySecurityGroup(stack, settings)].flatMap(([key, members]) => {
      if (members.length < 2) return [];
      // What one resource opens by itself, the resource rule has reported.
      const innocent = members.filter(({ elements }) => openings(elements, settings).length === 0);
      return judgeTogether(key, innocent, settings);
    });
  },
});

interface Member {
  readonly resource: StackSubject;
  readonly elements: readonly Ingress[];
}

/** Ingress by what identifies the security group it opens: its URN, or else its id. */
function bySecurityGroup(stack: Stack, settings: IngressSettings): Map<string, Member[]> {
  const groups = new Map<string, Member[]>();
  const groupsOf = stack.to([...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP], ["id"]);
  for (const resource of stack.ofTypes(INGRESS)) {
    const { elements } = ingressOf(resource, settings);
    if (elements.length === 0) continue;
    for (const key of keysOf(resource, groupsOf)) {
      const members = groups.get(key);
      if (members) members.push({ resource, elements });
      else groups.set(key, [{ resource, elements }]);
    }
  }
  return groups;
}

function keysOf(resource: StackSubject, groupsOf: Follow): string[] {
  if (isOf([...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP], resource)) return [resource.urn];
  const groups = groupsOf(resource, "securityGroupId").map(({ urn }) => urn);
  if (groups.length > 0) return groups;
  const id = read(resource.props, ["securityGroupId"]);
  if (id.kind === "known" && typeof id.value === "string") return [id.value];
  const sources = resource.propertyDependencies["securityGroupId"] ?? [];
  return sources.length > 0 ? [sources.map(({ urn }) => urn).join(" ")] : [];
}

function judgeTogether(key: string, members: readonly Member[], settings: IngressSettings): Violation[] {
  const owners = new Map(
    members.flatMap(({ resource, elements }) => elements.map((element) => [element, resource] as const)),
  );
  return openings([...owners.keys()], settings).flatMap(({ traffic, by }) => {
    const resources = [...new Set(by.map((element) => owners.get(element)!))];
    const names = resources.map(({ name }) => `"${name}"`).join(" and ");
    const urn = key.startsWith("urn:") && !key.includes(" ") ? key : resources[0]!.urn;
    return violations([`${names} together let the world in on ${inWords([traffic])}`], FIX, urn);
  });
}
