import { isList, readList } from "../../read";
import {
  AUTO_SCALING_GROUP,
  LISTENER,
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
      vpcsAt(resource, "subnets", SUBNET, ["id"]) ?? vpcsAt(resource, "subnetMappings", SUBNET, ["id"]);
    const balancersOf = stack.to(LOAD_BALANCER, ["arn", "id"]);
    const balancers = stack.ofTypes(LOAD_BALANCER).flatMap((balancer) =>
      compare(balancer, [
        ["subnets", subnetsOf(balancer)],
        ["securityGroups", vpcsAt(balancer, "securityGroups", SECURITY_GROUP, ["id"])],
      ]),
    );
    const groups = stack.ofTypes(AUTO_SCALING_GROUP).flatMap((group) =>
      compare(group, [
        ["vpcZoneIdentifiers", vpcsAt(group, "vpcZoneIdentifiers", SUBNET, ["id"])],
        ["targetGroupArns", vpcsAt(group, "targetGroupArns", TARGET_GROUP, ["arn", "id"])],
      ]),
    );
    const listeners = stack.ofTypes(LISTENER).flatMap((listener) => {
      const balancer = single(balancersOf(listener, "loadBalancerArn"));
      if (balancer === undefined) return [];
      return compare(listener, [
        ["loadBalancerArn", subnetsOf(balancer)],
        ["defaultActions", vpcsAt(listener, "defaultActions", TARGET_GROUP, ["arn", "id"])],
      ]);
    });
    return [...balancers, ...groups, ...listeners];
  },
});

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

/**
 * Tells in which VPC the resources lie that a property refers to: all those that it may refer to, since the
 * dependencies of a list do not tell which element comes from where.
 *
 * @returns undefined when it is not certain, or not the same for all of them
 */
function placesOf(
  stack: Stack,
): (
  from: StackSubject,
  property: string,
  types: readonly string[],
  keys: readonly string[],
) => string | undefined {
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
    if (named.some((found) => found.length === 0)) return undefined;
    const isWhole = elements.length > 0 && named.length === elements.length;
    const candidates = isWhole ? [] : comeFrom(from, property, follow);
    if (candidates === undefined) return undefined;
    const vpcs = new Set([...named.flat(), ...candidates].map(vpc));
    return single([...vpcs]);
  };
}

/** What the unknown part of a property may refer to; undefined if something went into it that is no such resource. */
function comeFrom(from: StackSubject, property: string, follow: Follow): StackSubject[] | undefined {
  const bySource = (from.propertyDependencies[property] ?? []).map((source) =>
    follow({ ...from, props: {}, propertyDependencies: { [property]: [source] } }, property),
  );
  return bySource.every((found) => found.length > 0) ? bySource.flat() : undefined;
}
