import { isIP } from "node:net";

import { kindOf, saysInternal } from "../../../balancers";
import { isList, read, readList, upperCase } from "../../../read";
import {
  ATTACHMENT,
  AUTO_SCALING_GROUP,
  CLASSIC_LOAD_BALANCER,
  ECS_SERVICE,
  FUNCTION,
  INSTANCE,
  isOf,
  LAUNCH_TEMPLATE,
  LISTENER,
  LOAD_BALANCER,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";
import { text, wholeNumber } from "../known";
import { alone, isSet, pair, refusedOfAll, type Relation, unique } from "./relation";
import { API, protocolOf, kindOfTargets } from "./words";

/** Types that register instances. */
const REGISTRARS = [...AUTO_SCALING_GROUP, ...ATTACHMENT];

/** Relations of load balancers, target groups and targets. */
export const targets: readonly Relation[] = [
  {
    of: TARGET_GROUP,
    source: `${API}CreateTargetGroup.html`,
    fix: '{ targetType: "alb", protocol: "TCP", port: 443, healthCheck: { protocol: "HTTPS", path: "/healthz" } }',
    judge: alone((group) => {
      const protocol = protocolOf(group);
      if (kindOfTargets(group) !== "alb" || protocol === undefined || protocol === "TCP") return undefined;
      return `targetType is "alb", but protocol is "${protocol}"; it must be "TCP"`;
    }),
  },
  {
    of: REGISTRARS,
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html",
    fix: '{ targetType: "instance" } of the target group',
    judge: pair(
      [{ property: "targetGroupArns" }, { property: "lbTargetGroupArn" }],
      TARGET_GROUP,
      ["arn", "id"],
      (_, group) => {
        const kind = kindOfTargets(group);
        return kind === undefined || kind === "instance"
          ? undefined
          : `Its target group "${group.name}" has targets of type ${kind}; an Auto Scaling group can register only instances`;
      },
    ),
  },
  {
    of: TARGET_GROUP_ATTACHMENT,
    source: `${API}RegisterTargets.html`,
    fix: "{ targetId: instance.privateIp } of a target group of type ip, or { targetId: instance.id } of type instance",
    judge(stack) {
      const groupsOf = stack.to(TARGET_GROUP);
      const targetsOf = stack.to([...INSTANCE, ...LOAD_BALANCER, ...FUNCTION], ["id", "arn"]);
      return (attachment) => [
        refusedOfAll(groupsOf(attachment, "targetGroupArn"), (group) => {
          const [target, ...others] = targetsOf(ofTarget(attachment), "targetId");
          const kind = kindOfTargets(group);
          if (target === undefined && kind !== undefined) return wrongId(attachment, group, kind);
          if (target === undefined || others.length > 0 || kind === undefined) return undefined;
          const isRight = isOf(INSTANCE, target)
            ? kind === "instance" || kind === "ip"
            : kind === (isOf(LOAD_BALANCER, target) ? "alb" : "lambda");
          return isRight
            ? undefined
            : `"${target.name}" cannot be a target of "${group.name}", whose targets are of type ${kind}`;
        }),
      ];
    },
  },
  {
    of: TARGET_GROUP_ATTACHMENT,
    source:
      "If the target type is ALB, the target must have at least one listener that matches the target group port",
    fix: 'new aws.lb.TargetGroup("to-alb", { targetType: "alb", port: 443, … }), a port that a listener of the load balancer has',
    judge(stack) {
      const groupsOf = stack.to(TARGET_GROUP);
      const balancersOf = stack.to(LOAD_BALANCER);
      const ports = new Map<StackSubject, (number | undefined)[]>();
      for (const listener of stack.ofTypes(LISTENER)) {
        for (const balancer of balancersOf(listener, "loadBalancerArn"))
          ports.set(balancer, [...(ports.get(balancer) ?? []), wholeNumber(given(listener, "port"))]);
      }
      return (attachment) => [
        refusedOfAll(groupsOf(attachment, "targetGroupArn"), (group) => {
          if (kindOfTargets(group) !== "alb") return undefined;
          const own = given(attachment, "port");
          const port = wholeNumber(own.kind === "absent" ? given(group, "port") : own);
          return refusedOfAll(balancersOf(ofTarget(attachment), "targetId"), (balancer) => {
            const served = ports.get(balancer) ?? [];
            return port === undefined || served.includes(port) || served.includes(undefined)
              ? undefined
              : `"${balancer.name}" has no listener on port ${port}, to which "${group.name}" sends requests; it must have one`;
          });
        }),
      ];
    },
  },
  {
    of: ECS_SERVICE,
    source: "target type instance, which is incompatible with the awsvpc network mode",
    fix: '{ targetType: "ip" } of the target group',
    judge: pair(
      [{ property: "loadBalancers", within: ["targetGroupArn"] }],
      TARGET_GROUP,
      ["arn", "id"],
      (service, group) => {
        const hasOwnNetwork =
          upperCase(read(service.props, ["launchType"])) === "FARGATE" ||
          given(service, "networkConfiguration").kind === "known";
        const kind = kindOfTargets(group);
        return !hasOwnNetwork || kind === undefined || kind === "ip"
          ? undefined
          : `Its tasks have their own IP addresses, but "${group.name}" has targets of type ${kind}; targetType must be "ip"`;
      },
    ),
  },
  {
    of: LOAD_BALANCER,
    source: "Security groups are not supported for load balancers with type 'gateway'",
    fix: '{ loadBalancerType: "gateway", subnets }, with the security groups at the appliances behind it',
    judge: alone((balancer) =>
      kindOf(balancer) === "gateway" && isSet(balancer, "securityGroups")
        ? "securityGroups is set, but the load balancer is of type gateway; AWS allows no security groups for it"
        : undefined,
    ),
  },
  {
    of: LOAD_BALANCER,
    source: `${API}SubnetMapping.html`,
    fix: '{ loadBalancerType: "network" }, or subnets instead of subnetMappings',
    judge: alone((balancer) => {
      const mappings = readList(balancer.props, ["subnetMappings"]);
      const fixed = ["allocationId", "privateIpv4Address", "ipv6Address"].find(
        (field) =>
          isList(mappings) &&
          mappings.some((one) => one.kind === "known" && read(one.value, [field]).kind !== "absent"),
      );
      const kind = kindOf(balancer);
      if (fixed === undefined || kind === undefined) return undefined;
      if (kind !== "network")
        return `subnetMappings contain ${fixed}, but the load balancer is of type ${kind}; AWS allows fixed addresses only for type network`;
      return fixed === "allocationId" && saysInternal(balancer)
        ? "subnetMappings contain allocationId, but the load balancer is internal; AWS allows Elastic IP addresses only for public ones"
        : undefined;
    }),
  },
  ...[LOAD_BALANCER, CLASSIC_LOAD_BALANCER, TARGET_GROUP, AUTO_SCALING_GROUP, LAUNCH_TEMPLATE].map(
    (of): Relation => ({
      of,
      source: "Duplicate…Name: names are unique in an account and a Region",
      fix: "leave the name out, so that Pulumi chooses a unique one: { }",
      judge: unique(
        of,
        () => nameOf,
        (_, first) => `name is also that of "${first.name}"; it must be unique`,
      ),
    }),
  ),
];

/**
 * An attachment whose target has only its own dependencies: a component that also contains the target group may contain
 * other resources of the target's type.
 */
export function ofTarget(attachment: StackSubject): StackSubject {
  const { targetGroupArn = [], targetId = [] } = attachment.propertyDependencies;
  const own = targetId.filter((source) => !targetGroupArn.includes(source));
  return { ...attachment, propertyDependencies: { targetId: own } };
}

/** Why a literal ID does not match the target type of a target group. */
function wrongId(attachment: StackSubject, { name }: StackSubject, kind: string): string | undefined {
  const id = text(read(attachment.props, ["targetId"])) ?? "";
  const isRight = kind === "instance" ? !isIP(id) : kind !== "ip" || !/^i-[0-9a-f]+$/.test(id);
  return isRight ? undefined : `targetId cannot be a target of "${name}", whose targets are of type ${kind}`;
}

/** A name with the account and Region in which it must be unique. */
function nameOf(resource: StackSubject): string | undefined {
  const name = text(given(resource, "name"));
  const region = given(resource, "region");
  if (name === undefined || name === "" || region.kind === "unknown") return undefined;
  return JSON.stringify([resource.provider?.urn ?? "", text(region) ?? "", name]);
}
