import { isList, readList } from "../../read";
import {
  AUTO_SCALING_GROUP,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  SECURITY_GROUP,
  SUBNET,
  TARGET_GROUP,
} from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import type { Follow, Stack } from "../../stack";
import { single, text } from "./known";
import { vpcOf } from "./vpcs";

const FIX = "{ vpcId: vpc.id }, the same in the subnets, the security groups and the target groups";

/** Whether what works together lies in one VPC. Only the stack shows in which one a subnet lies. */
export const sameVpc = stackRule({
  id: "same-vpc",
  area: "refused-by-aws",
  title: "Subnets, security groups and target groups lie in one VPC",
  severity: "medium",
  level: "stack",
  description:
    "A load balancer's subnets, security groups and target groups lie in one VPC, and so do an Auto Scaling group's. " +
    "AWS refuses those of another one.",
  remedy: FIX,
  references: [
    {
      label: "CreateLoadBalancer",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
    },
    {
      label: "CreateListener",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
    },
  ],
  judge(stack) {
    const vpcsAt = placesOf(stack);
    const subnetsOf = (resource: StackSubject): string | undefined =>
      single(
        ["subnets", "subnetMappings"].flatMap(
          (property) => vpcsAt(resource, property, SUBNET, ["id"]).one ?? [],
        ),
      );
    const within = (
      resource: StackSubject,
      property: string,
      types: readonly string[],
      keys: readonly string[] = ["id"],
    ): readonly [string, string | undefined] => [property, vpcsAt(resource, property, types, keys).one];
    const balancersOf = stack.to(LOAD_BALANCER, ["arn", "id"]);
    const balancers = stack
      .ofTypes(LOAD_BALANCER)
      .flatMap((balancer) =>
        compare(balancer, [
          ["subnets", subnetsOf(balancer)],
          within(balancer, "securityGroups", SECURITY_GROUP),
        ]),
      );
    const groups = stack
      .ofTypes(AUTO_SCALING_GROUP)
      .flatMap((group) =>
        compare(group, [
          within(group, "vpcZoneIdentifiers", SUBNET),
          within(group, "targetGroupArns", TARGET_GROUP, ["arn", "id"]),
        ]),
      );
    const listeners = stack.ofTypes(LISTENER).flatMap((listener) => {
      const balancer = single(balancersOf(listener, "loadBalancerArn"));
      if (balancer === undefined) return [];
      return compare(listener, [
        ["loadBalancerArn", subnetsOf(balancer)],
        within(listener, "defaultActions", TARGET_GROUP, ["arn", "id"]),
      ]);
    });
    const listenersOf = stack.to(LISTENER, ["arn", "id"]);
    const rules = stack.ofTypes(LISTENER_RULE).flatMap((rule) => {
      const listener = single(listenersOf(rule, "listenerArn"));
      const balancer = listener && single(balancersOf(listener, "loadBalancerArn"));
      if (balancer === undefined) return [];
      return compare(rule, [
        ["listenerArn", subnetsOf(balancer)],
        within(rule, "actions", TARGET_GROUP, ["arn", "id"]),
      ]);
    });
    const spread = SPREAD.flatMap(([types, property, to]) =>
      stack.ofTypes(types).flatMap((resource) => {
        if (!vpcsAt(resource, property, to, ["id"]).isSpread) return [];
        return violations([`${property} lie in different VPCs; they must lie in one`], FIX, resource.urn);
      }),
    );
    return [...balancers, ...groups, ...listeners, ...rules, ...spread];
  },
});

/** Lists of which all elements lie in one VPC. */
const SPREAD = [
  [LOAD_BALANCER, "subnets", SUBNET],
  [LOAD_BALANCER, "securityGroups", SECURITY_GROUP],
  [AUTO_SCALING_GROUP, "vpcZoneIdentifiers", SUBNET],
] as const;

/** One violation if both ends are certain, and not the same. */
function compare(
  resource: StackSubject,
  [[one, here], [other, there]]: readonly [
    readonly [string, string | undefined],
    readonly [string, string | undefined],
  ],
): Violation[] {
  if (here === undefined || there === undefined || here === there) return [];
  return violations([`${one} and ${other} lie in different VPCs; they must lie in one`], FIX, resource.urn);
}

/** In which VPC the resources lie that a property refers to. */
interface Places {
  /** Undefined when it is not certain, or not the same for all of them. */
  readonly one: string | undefined;
  /** True if it is certain that they lie in several. */
  readonly isSpread: boolean;
}

const NOWHERE: Places = { one: undefined, isSpread: false };

/**
 * Tells in which VPC the resources lie that a property refers to: all those that it may refer to, since the
 * dependencies of a list do not tell which element comes from where.
 */
function placesOf(
  stack: Stack,
): (from: StackSubject, property: string, types: readonly string[], keys: readonly string[]) => Places {
  const vpc = vpcOf(stack);
  return (from, property, types, keys) => {
    const follow = stack.to(types, keys);
    const list = readList(from.props, [property]);
    const elements = isList(list) ? list : [];
    const named = elements.flatMap((element) => {
      const reference = text(element);
      if (reference === undefined) return [];
      const asked = { ...from, props: { reference }, propertyDependencies: {} };
      return [follow(asked, "reference")];
    });
    // An id of something outside the stack: in which VPC that lies, nobody knows.
    if (named.some((found) => found.length === 0)) return NOWHERE;
    const isWhole = elements.length > 0 && named.length === elements.length;
    const candidates = isWhole ? [] : comeFrom(from, property, follow);
    if (candidates === undefined) return NOWHERE;
    const found = [...new Set([...named.flat(), ...candidates])];
    const vpcs = [...new Set(found.map(vpc))];
    // As many as there are elements: each of them is meant.
    const isSpread = found.length === elements.length && vpcs.length > 1 && !vpcs.includes(undefined);
    return { one: single(vpcs), isSpread };
  };
}

/** What the unknown part of a property may refer to; undefined if something went into it that is no such resource. */
function comeFrom(from: StackSubject, property: string, follow: Follow): StackSubject[] | undefined {
  const bySource = (from.propertyDependencies[property] ?? []).map((source) =>
    follow({ ...from, props: {}, propertyDependencies: { [property]: [source] } }, property),
  );
  return bySource.every((found) => found.length > 0) ? bySource.flat() : undefined;
}
