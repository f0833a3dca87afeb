import { oncePerObject } from "./once";
import { isList, isTrue, read, readList, upperCase } from "./read";
import type { Reading } from "./read";
import {
  ENDPOINT_SERVICE,
  ENDPOINT_SERVICE_PRINCIPAL,
  isOf,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
} from "./resources";
import { given, withOnly } from "./stack";
import type { Stack, StackSubject, Subject } from "./stack";

/** What is known about the load balancer of a listener. */
export interface Balancer {
  /** Its candidates in the stack; empty if it isn't in the stack. */
  readonly found: readonly StackSubject[];
  /** `application`, `network` or `gateway`; undefined if it is not known. */
  readonly kind: string | undefined;
  /** Whether it is not reachable from outside the network: declared internal, and nothing public forwards to it. */
  readonly isInternal: boolean;
  /**
   * What makes a load balancer public that is declared internal, as the subject of a sentence.
   * @default nothing
   */
  readonly openedBy?: string;
}

const OF_ARN: Readonly<Record<string, string>> = { app: "application", net: "network", gwy: "gateway" };

const ENDPOINT_GROUP = ["aws:globalaccelerator/endpointGroup:EndpointGroup"];

/** Finds the load balancer of a listener. Each stack is indexed once. */
export const balancersOf = once(prepareBalancers);

/**
 * Finds the target groups that a listener or rule forwards to: for each target of an action, its candidates in the
 * stack, which are none if it is not in the stack.
 */
export const forwardsOf = once(prepareForwards);

/** Caches a computation for each stack, and for each of its resources. */
function once<T>(
  prepare: (stack: Stack) => (resource: StackSubject) => T,
): (stack: Stack) => (resource: StackSubject) => T {
  return oncePerObject((stack) => oncePerObject(prepare(stack)));
}

function prepareBalancers(stack: Stack): (listener: StackSubject) => Balancer {
  const follow = stack.to(LOAD_BALANCER);
  const forwards = forwardsOf(stack);
  const listeners = stack.ofTypes(LISTENER);
  const openers = openersOf(stack);
  const groupsOf = stack.to(TARGET_GROUP);
  /** The target groups of Network Load Balancers that lead to each Application Load Balancer. */
  const leading = new Map<StackSubject, StackSubject[]>();
  for (const attachment of stack.ofTypes(TARGET_GROUP_ATTACHMENT)) {
    for (const balancer of follow(attachment, "targetId")) {
      const groups = groupsOf(attachment, "targetGroupArn");
      leading.set(balancer, [...(leading.get(balancer) ?? []), ...groups]);
    }
  }
  /** What leads the world to a load balancer that is declared internal; undefined if nothing does. */
  const openerOf = (balancer: StackSubject): string | undefined =>
    openers.get(balancer) ??
    (leading.get(balancer) ?? [])
      .flatMap((group) => listeners.filter((one) => forwards(one).some((some) => some.includes(group))))
      .flatMap((listener) => follow(listener, "loadBalancerArn"))
      .filter((network) => !saysInternal(network) || openers.has(network))
      .map(({ name }) => `the Network Load Balancer "${name}"`)[0];
  return (listener) => {
    const found = follow(listener, "loadBalancerArn");
    const kinds = new Set(found.map(kindOf));
    const [kind] = kinds.size === 1 ? kinds : [];
    const openedBy = found.filter(saysInternal).flatMap((balancer) => openerOf(balancer) ?? [])[0];
    return {
      found,
      kind: found.length > 0 ? kind : kindOfArn(read(listener.props, ["loadBalancerArn"])),
      isInternal: found.length > 0 && found.every(saysInternal) && openedBy === undefined,
      ...(openedBy === undefined ? {} : { openedBy }),
    };
  };
}

/** The load balancers to which something leads the world, whatever they declare, by what does. */
function openersOf(stack: Stack): Map<StackSubject, string> {
  const follow = stack.to(LOAD_BALANCER);
  const open = openServicesOf(stack);
  return new Map([
    ...stack
      .ofTypes(ENDPOINT_GROUP)
      .flatMap((group) =>
        follow(group, "endpointConfigurations").map(
          (balancer) => [balancer, `the endpoint group "${group.name}" of Global Accelerator`] as const,
        ),
      ),
    ...open.flatMap((service) =>
      follow(service, "networkLoadBalancerArns").map(
        (balancer) =>
          [balancer, `the endpoint service "${service.name}", which accepts every AWS account,`] as const,
      ),
    ),
  ]);
}

/**
 * The endpoint services of AWS PrivateLink that make their load balancers public: everybody may connect, and nobody has
 * to accept a connection. Principals that are not known yet are single ones.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
 */
function openServicesOf(stack: Stack): StackSubject[] {
  const isEverybody = (principal: Reading): boolean => principal.kind === "known" && principal.value === "*";
  const follow = stack.to(ENDPOINT_SERVICE, ["id"]);
  const opened = stack
    .ofTypes(ENDPOINT_SERVICE_PRINCIPAL)
    .filter((permission) => isEverybody(read(permission.props, ["principalArn"])))
    .flatMap((permission) => follow(permission, "vpcEndpointServiceId"));
  return stack.ofTypes(ENDPOINT_SERVICE).filter((service) => {
    const own = given(service, "allowedPrincipals");
    const principals = readList(own.kind === "known" ? own.value : undefined, []);
    const admitsAll = opened.includes(service) || (isList(principals) && principals.some(isEverybody));
    return admitsAll && !isTrue(given(service, "acceptanceRequired"));
  });
}

/**
 * The kind of a load balancer, undefined if it is none that AWS has; AWS makes an Application Load Balancer unless told
 * otherwise.
 */
export function kindOf(balancer: StackSubject): string | undefined {
  const type = given(balancer, "loadBalancerType");
  if (type.kind === "absent") return "application";
  return type.kind === "known" ? Object.values(OF_ARN).find((kind) => kind === type.value) : undefined;
}

function kindOfArn(arn: Reading): string | undefined {
  if (arn.kind !== "known" || typeof arn.value !== "string") return undefined;
  const text = arn.value;
  return Object.entries(OF_ARN).find(([short]) => text.includes(`:loadbalancer/${short}/`))?.[1];
}

/** Whether a load balancer, of either generation, is declared internal. */
export function saysInternal({ props }: Pick<Subject, "props">): boolean {
  return isTrue(read(props, ["internal"]));
}

function prepareForwards(stack: Stack): (resource: StackSubject) => (readonly StackSubject[])[] {
  const follow = stack.to(TARGET_GROUP);
  return (resource) => {
    const property = isOf(LISTENER_RULE, resource) ? "actions" : "defaultActions";
    const actions = readList(resource.props, [property]);
    return (isList(actions) ? actions : []).flatMap((action) =>
      targetsIn(action).map((arn) => follow(withOnly(resource, property, arn), property)),
    );
  };
}

/** The ARNs of the target groups in an action of a listener or rule. */
export function targetsIn(action: Reading): Reading[] {
  if (action.kind !== "known") return [action];
  const several = readList(action.value, ["forward", "targetGroups"]);
  return [
    read(action.value, ["targetGroupArn"]),
    ...(isList(several) ? several : []).map((target) =>
      target.kind === "known" ? read(target.value, ["arn"]) : target,
    ),
  ].filter(({ kind }) => kind !== "absent");
}

/**
 * Whether a listener that does not terminate TLS passes on no clear text, as far as the stack shows: it forwards to an
 * Application Load Balancer, whose listeners are judged, or to targets whose health check uses TLS on the traffic port.
 *
 * @param protocol of the listener, in upper case
 * @param groups the target groups it forwards to, as {@link forwardsOf} gives them
 */
export function passesTls(protocol: string, groups: readonly (readonly StackSubject[])[]): boolean {
  // QUIC is always encrypted; for TCP on the same port, the targets decide.
  if (protocol === "QUIC") return true;
  return (
    ["TCP", "TCP_QUIC"].includes(protocol) &&
    groups.length > 0 &&
    groups.every(
      (some) => some.length > 0 && some.every((group) => leadsToBalancer(group) || speaksTls(group)),
    )
  );
}

function leadsToBalancer({ props }: StackSubject): boolean {
  return upperCase(read(props, ["targetType"])) === "ALB";
}

function speaksTls(group: StackSubject): boolean {
  const port = read(group.props, ["healthCheck", "port"]);
  const own = read(group.props, ["port"]);
  const isOwnPort =
    port.kind === "absent" ||
    (port.kind === "known" &&
      (port.value === "traffic-port" || (own.kind === "known" && String(port.value) === String(own.value))));
  return isOwnPort && upperCase(read(group.props, ["healthCheck", "protocol"])) === "HTTPS";
}
