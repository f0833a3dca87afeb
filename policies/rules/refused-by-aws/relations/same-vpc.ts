import { oncePerObject } from "../../../once";
import { isList, readList } from "../../../read";
import {
  AUTO_SCALING_GROUP,
  ECS_SERVICE,
  ECS_TASK_SET,
  FUNCTION,
  INSTANCE,
  INTERNET_GATEWAY,
  isOf,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  NETWORK_INTERFACE,
  SECURITY_GROUP,
  SUBNET,
  TARGET_GROUP,
  VPC,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";
import type { Follow, Stack } from "../../../stack";
import { block, referenceKey, single, text } from "../known";
import type { Relation } from "./relation";
import { EKS_CLUSTER, GROUP_IN_ANOTHER_VPC, ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION } from "./types";

/** A place in a resource that names others in a VPC. */
interface End {
  /** The property, or a block and its field. */
  readonly path: readonly [property: string, field?: string];
  readonly to: readonly string[];
  /** @default ID and ARN */
  readonly keys?: readonly string[];
}

const at = (...path: End["path"]) => ({
  subnets: { path, to: SUBNET },
  groups: { path, to: SECURITY_GROUP },
  targets: { path, to: TARGET_GROUP },
  table: { path, to: ROUTE_TABLE },
  gateway: { path, to: INTERNET_GATEWAY },
});

const ENDS: readonly (readonly [types: readonly string[], here: End, there: End])[] = [
  [AUTO_SCALING_GROUP, at("vpcZoneIdentifiers").subnets, at("targetGroupArns").targets],
  [INSTANCE, at("subnetId").subnets, at("vpcSecurityGroupIds").groups],
  [NETWORK_INTERFACE, at("subnetId").subnets, at("securityGroups").groups],
  [
    [...ECS_SERVICE, ...ECS_TASK_SET],
    at("networkConfiguration", "subnets").subnets,
    at("networkConfiguration", "securityGroups").groups,
  ],
  [FUNCTION, at("vpcConfig", "subnetIds").subnets, at("vpcConfig", "securityGroupIds").groups],
  [EKS_CLUSTER, at("vpcConfig", "subnetIds").subnets, at("vpcConfig", "securityGroupIds").groups],
  [ROUTE_TABLE_ASSOCIATION, at("routeTableId").table, at("subnetId").subnets],
  [ROUTE, at("routeTableId").table, at("gatewayId").gateway],
];

/** The places of a load balancer's subnets. */
const SUBNETS_OF_BALANCER = [at("subnets").subnets, at("subnetMappings").subnets];

const VPC_FIX =
  "{ vpcId: vpc.id }, the same in all that it names: subnets, security groups, target groups, gateways";

/** Relations of resources that must be in one VPC. */
export const sameVpc: readonly Relation[] = [
  {
    of: [...LOAD_BALANCER, ...LISTENER, ...LISTENER_RULE],
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
    fix: VPC_FIX,
    judge(stack) {
      const vpcsAt = placesOf(stack);
      const listenersOf = stack.to(LISTENER);
      const balancersOf = stack.to(LOAD_BALANCER);
      const subnetsOf = oncePerObject((balancer: StackSubject): string | undefined =>
        single(SUBNETS_OF_BALANCER.flatMap((end) => vpcsAt(balancer, end).one ?? [])),
      );
      const balancerOf = (listener: StackSubject | undefined): string | undefined => {
        const balancer = listener && single(balancersOf(listener, "loadBalancerArn"));
        return balancer && subnetsOf(balancer);
      };
      return (resource) => {
        if (isOf(LOAD_BALANCER, resource)) {
          const groups = vpcsAt(resource, at("securityGroups").groups);
          return [
            apart(["subnets", subnetsOf(resource)], ["securityGroups", groups.one]),
            vpcsAt(resource, at("subnets").subnets).isSpread ? spread("subnets") : undefined,
            groups.isSpread ? spread("securityGroups") : undefined,
          ];
        }
        const isRule = isOf(LISTENER_RULE, resource);
        const [of, actions] = isRule ? ["listenerArn", "actions"] : ["loadBalancerArn", "defaultActions"];
        const listener = isRule ? single(listenersOf(resource, "listenerArn")) : resource;
        return [apart([of, balancerOf(listener)], [actions, vpcsAt(resource, at(actions).targets).one])];
      };
    },
  },
  ...ENDS.map(([of, here, there]): Relation => ({
    of,
    source: "Security group and subnet belong to different networks",
    fix: VPC_FIX,
    judge(stack) {
      const vpcsAt = placesOf(stack);
      return (resource) => {
        const found = [here, there].map((end) => ({
          label: end.path.join("."),
          isOfTargets: end.to === TARGET_GROUP,
          ...vpcsAt(resource, end, end === here ? there.to : here.to),
        }));
        const [one, other] = found.map(({ label, one }) => [label, one] as const);
        return [
          apart(one!, other!),
          ...found.map(({ label, isSpread, isOfTargets }) =>
            isSpread && !isOfTargets ? spread(label) : undefined,
          ),
        ];
      };
    },
  })),
];

/** What is wrong if the VPCs of two properties are certainly different. */
function apart(
  [here, vpc]: readonly [string, string | undefined],
  [there, other]: readonly [string, string | undefined],
): string | undefined {
  return vpc === undefined || other === undefined || vpc === other
    ? undefined
    : `${here} and ${there} lie in different VPCs; they must lie in the same VPC`;
}

function spread(label: string): string {
  return `${label} lie in different VPCs; they must lie in the same VPC`;
}

/**
 * Finds the VPC that a resource's `vpcId` names: its URN if it is in the stack, otherwise the known ID; undefined if it
 * is not certain. Different results mean different VPCs, because a VPC that is not yet created has no known ID.
 */
export const vpcOf = oncePerObject((stack: Stack) => {
  const vpcsOf = stack.to(VPC);
  const groupsOf = stack.to(SECURITY_GROUP);
  const wanderers = new Set(
    stack.ofTypes(GROUP_IN_ANOTHER_VPC).flatMap((one) => groupsOf(one, "securityGroupId")),
  );
  return oncePerObject((resource: StackSubject): string | undefined => {
    // A gateway without a VPC may be attached to one later.
    const isLoose =
      isOf(INTERNET_GATEWAY, resource) &&
      (given(resource, "vpcId").kind === "absent" || text(given(resource, "vpcId")) === "");
    return isLoose || wanderers.has(resource) ? undefined : referenceKey(resource, "vpcId", vpcsOf);
  });
});

/** The VPC of the resources that a property refers to. */
interface Places {
  /** Undefined if it is not certain, or not the same for all of them. */
  readonly one: string | undefined;
  /** True if they are certainly in several VPCs. */
  readonly isSpread: boolean;
}

const NOWHERE: Places = { one: undefined, isSpread: false };

/**
 * Finds the VPC of all resources that a property may refer to: the dependencies of a list do not show which element
 * comes from which resource.
 *
 * @returns a function that also takes the types of other resources in the same block
 */
function placesOf(stack: Stack): (resource: StackSubject, end: End, others?: readonly string[]) => Places {
  const vpc = vpcOf(stack);
  return (resource, { path: [property, field], to, keys }, others = []) => {
    const from = field === undefined ? resource : block(resource, property);
    const name = field ?? property;
    const follow = stack.to(to, keys);
    const list = readList(from.props, [name]);
    const elements = isList(list) ? list : list.kind === "absent" ? [] : [list];
    const named = elements.flatMap((element) => {
      const reference = text(element);
      if (reference === undefined) return [];
      const asked = { props: { reference }, propertyDependencies: {} };
      return [follow(asked, "reference")];
    });
    // The VPC of a resource outside the stack is not known.
    if (named.some((found) => found.length === 0)) return NOWHERE;
    const isWhole = elements.length > 0 && named.length === elements.length;
    const candidates = isWhole ? [] : comeFrom(from, name, follow, others);
    if (candidates === undefined) return NOWHERE;
    const found = [...new Set([...named.flat(), ...candidates])];
    const vpcs = [...new Set(found.map(vpc))];
    // If there are as many resources as elements, each of them is used.
    const isSpread = found.length === elements.length && vpcs.length > 1 && !vpcs.includes(undefined);
    return { one: single(vpcs), isSpread };
  };
}

/** The resources that the unknown part of a property may refer to; undefined if it depends on any other resource. */
function comeFrom(
  from: StackSubject,
  property: string,
  follow: Follow,
  others: readonly string[],
): StackSubject[] | undefined {
  const bySource = (from.propertyDependencies[property] ?? [])
    .filter((source) => !isOf(others, source))
    .map((source) => follow({ props: {}, propertyDependencies: { [property]: [source] } }, property));
  return bySource.every((found) => found.length > 0) ? bySource.flat() : undefined;
}
