import { CLASSIC_LOAD_BALANCER, LISTENER, LOAD_BALANCER, TARGET_GROUP } from "../../../resources";
import { isList, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import type { Expectation } from "../../../rule";
import { balancerType, between, oneOf, refusal, scalar } from "../known";
import type { Line } from "./line";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";

/** Maximum lengths of names. A prefix leaves room for the provider's suffix. */
const LONGEST = { name: 32, namePrefix: 6 } as const;

/** For all kinds of load balancers, including Classic Load Balancers. */
const IDLE_TIMEOUT = between(1, 4000);

/**
 * The values by property. AWS does not accept the camel-case forms in the comments of the SDK's typings.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
const ATTRIBUTES: Readonly<Record<string, Expectation>> = {
  idleTimeout: IDLE_TIMEOUT,
  clientKeepAlive: between(60, 604_800),
  xffHeaderProcessingMode: oneOf(["append", "preserve", "remove"]),
  dnsRecordClientRoutingPolicy: oneOf(
    ["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"],
    ["anyAvailabilityZone", "availabilityZoneAffinity", "partialAvailabilityZoneAffinity"],
  ),
};

/** Attributes that only Application Load Balancers have. */
const OF_APPLICATION: ReadonlySet<string> = new Set([
  "idleTimeout",
  "clientKeepAlive",
  "xffHeaderProcessingMode",
]);

/** Names of load balancers and target groups; attributes and subnets of load balancers. */
export const LOAD_BALANCERS = {
  "balancer-name": {
    types: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
    problems: (props) => [...nameProblems(props, "name", true), ...nameProblems(props, "namePrefix", true)],
    example: { name: "store-web" },
    source: `${API}/API_CreateLoadBalancer.html`,
  },
  "target-group-name": {
    types: TARGET_GROUP,
    problems: (props) => [...nameProblems(props, "name", false), ...nameProblems(props, "namePrefix", false)],
    example: { name: "store-web" },
    source: `${API}/API_CreateTargetGroup.html`,
  },
  "balancer-attributes": {
    types: LOAD_BALANCER,
    problems: attributeProblems,
    example: { idleTimeout: 60, clientKeepAlive: 3_600 },
    source: `${API}/API_LoadBalancerAttribute.html`,
  },
  "listener-idle-timeout": {
    types: LISTENER,
    problems: (props) => [
      refusal("tcpIdleTimeoutSeconds", read(props, ["tcpIdleTimeoutSeconds"]), between(60, 6_000)),
    ],
    example: { tcpIdleTimeoutSeconds: 350 },
    source: `${API}/API_ListenerAttribute.html`,
  },
  "classic-idle-timeout": {
    types: CLASSIC_LOAD_BALANCER,
    problems: (props) => [refusal("idleTimeout", read(props, ["idleTimeout"]), IDLE_TIMEOUT)],
    example: { idleTimeout: 60 },
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_ConnectionSettings.html",
  },
  "balancer-subnets": {
    types: LOAD_BALANCER,
    problems: subnetProblems,
    example: { subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
    source: `${API}/API_CreateLoadBalancer.html`,
  },
} satisfies Readonly<Record<string, Line>>;

function nameProblems(
  props: unknown,
  label: keyof typeof LONGEST,
  isBalancer: boolean,
): (string | undefined)[] {
  const reading = read(props, [label]);
  if (reading.kind !== "known") return [];
  const name = scalar(reading.value);
  if (name === undefined) return [refusal(label, reading, { accepts: () => false, allowed: "a string" })];
  const longest = LONGEST[label];
  return [
    name.length > longest
      ? `${label} has ${name.length} characters; AWS allows at most ${longest}`
      : undefined,
    /[^0-9A-Za-z-]/.test(name)
      ? `${label} has characters other than letters, digits and hyphens; AWS allows only these`
      : undefined,
    name.startsWith("-") ? `${label} begins with a hyphen; it must not` : undefined,
    label === "name" && name.endsWith("-") ? `${label} ends with a hyphen; it must not` : undefined,
    isBalancer && name.startsWith("internal-")
      ? `${label} begins with "internal-", which AWS reserves; it must not`
      : undefined,
  ];
}

/**
 * The provider sends attributes of Application Load Balancers for no other kind; awsx sets idleTimeout: 0 for others.
 */
function attributeProblems(props: unknown): (string | undefined)[] {
  const isOther = ["network", "gateway"].includes(balancerType({ props }) ?? "");
  return Object.entries(ATTRIBUTES)
    .filter(([property]) => !isOther || !OF_APPLICATION.has(property))
    .map(([property, expected]) => refusal(property, read(props, [property]), expected));
}

/** An Application Load Balancer needs subnets in at least two zones, as subnets or as subnetMappings. */
function subnetProblems(props: unknown): (string | undefined)[] {
  const subnets = present(readList(props, ["subnets"]));
  const mappings = present(readList(props, ["subnetMappings"]))?.map((mapping) =>
    mapping.kind === "known" ? read(mapping.value, ["subnetId"]) : mapping,
  );
  const both = (subnets?.length ?? 0) > 0 && (mappings?.length ?? 0) > 0;
  // On an Outpost, there is only one subnet.
  const isOnOutpost = read(props, ["customerOwnedIpv4Pool"]).kind !== "absent";
  const needsTwo = balancerType({ props }) === "application" && !isOnOutpost && !both;
  return [
    both ? "subnets and subnetMappings are both set; AWS allows only one of them" : undefined,
    needsTwo ? tooFew("subnets", subnets) : undefined,
    needsTwo ? tooFew("subnetMappings", mappings) : undefined,
    mappings !== undefined && distinct(mappings) < mappings.length
      ? "subnetMappings has the same subnet twice; AWS allows each subnet only once"
      : undefined,
  ];
}

/** The elements of a known list, without those that are null. */
function present(list: Reading | readonly Reading[]): readonly Reading[] | undefined {
  return isList(list) ? list.filter(({ kind }) => kind !== "absent") : undefined;
}

function tooFew(label: string, subnets: readonly Reading[] | undefined): string | undefined {
  if (subnets === undefined) return undefined;
  const count = distinct(subnets);
  if (count >= 2) return undefined;
  return `${label} names ${count === 1 ? "one subnet" : "no subnet"}; AWS requires at least two, in different zones`;
}

/** The maximum number of different subnets: unknown ones may all differ. */
function distinct(subnets: readonly Reading[]): number {
  const known = subnets.flatMap((subnet) => (subnet.kind === "known" ? [subnet.value] : []));
  return new Set(known).size + subnets.length - known.length;
}
