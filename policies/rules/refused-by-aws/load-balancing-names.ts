import { read } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LOAD_BALANCER, TARGET_GROUP } from "../../resources";
import { resourceRule, violations } from "../../rule";
import type { Subject } from "../../rule";
import { refusal, scalar } from "./known";

const FIX = '{ name: "store-web" }, or leave the name out and let Pulumi choose one';

/** Longest names; a prefix leaves room for what the provider appends to it. */
const LONGEST = { name: 32, namePrefix: 6 } as const;

/** Names of load balancers and target groups. */
export const loadBalancingNames = resourceRule({
  id: "load-balancing-names",
  area: "refused-by-aws",
  title: "AWS takes the names of load balancers and target groups",
  severity: "medium",
  level: "resource",
  description:
    "Names of load balancers and target groups have 32 characters at most, of letters, digits and inner hyphens. " +
    "AWS refuses any other, in the middle of a deployment.",
  remedy: FIX,
  references: [
    {
      label: "CreateLoadBalancer",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
    },
    {
      label: "CreateTargetGroup",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
    },
  ],
  types: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER, ...TARGET_GROUP],
  judge(resource) {
    return violations([...nameFaults(resource, "name"), ...nameFaults(resource, "namePrefix")], FIX);
  },
});

function nameFaults(resource: Subject, label: keyof typeof LONGEST): (string | undefined)[] {
  const reading = read(resource.props, [label]);
  if (reading.kind !== "known") return [];
  const name = scalar(reading.value);
  if (name === undefined) return [refusal(label, reading, { accepts: () => false, allowed: "a text" })];
  const longest = LONGEST[label];
  const isBalancer = !isOf(TARGET_GROUP, resource);
  return [
    name.length > longest
      ? `${label} has ${name.length} characters; it must have ${longest} at most`
      : undefined,
    /[^0-9A-Za-z-]/.test(name)
      ? `${label} has other characters than letters, digits and hyphens; it must have none`
      : undefined,
    name.startsWith("-") ? `${label} begins with a hyphen; it must not` : undefined,
    label === "name" && name.endsWith("-") ? `${label} ends with a hyphen; it must not` : undefined,
    isBalancer && name.startsWith("internal-")
      ? `${label} begins with "internal-", which AWS keeps for itself; it must not`
      : undefined,
  ];
}
