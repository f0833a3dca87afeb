import type { Values } from "../../values";
import { atMostOne, readArguments } from "../awsx/args";
import { type Child, propertyOf, registerChild, spread } from "../awsx/children";
import { type Input, type InputMap, isList, type Output, settle } from "../awsx/output";
import { constructed } from "../awsx/outputs";
import type { Construct, ConstructHost } from "../types";
import { placementOf } from "./placement";

/** The arguments of awsx itself; all others are passed to the load balancer. */
const OWN_ARGUMENTS = new Set([
  "subnetIds",
  "subnets",
  "defaultTargetGroup",
  "defaultTargetGroupPort",
  "defaultSecurityGroup",
  "listener",
  "listeners",
]);

/** The differences between the two kinds of load balancer. */
interface Kind {
  readonly type: string;
  /** The properties of the load balancer that awsx sets itself. */
  readonly properties: Values;
  readonly hasDefaultSecurityGroup: boolean;
  /** The initial settings of the default target group. */
  readonly targetGroup: (given: InputMap) => InputMap;
  /** The initial settings of a listener, or of the default listener. */
  readonly listener: (given: InputMap, listener: Input | undefined) => InputMap;
}

const APPLICATION: Kind = {
  type: "awsx:lb:ApplicationLoadBalancer",
  properties: { loadBalancerType: "application" },
  hasDefaultSecurityGroup: true,
  targetGroup: (given) => ({ targetType: "ip", ...targetGroupProtocol(given) }),
  listener: (given, listener) =>
    given["listeners"] === undefined
      ? portAndProtocol(given["listener"], given["defaultTargetGroupPort"])
      : portAndProtocol(listener),
};

const NETWORK: Kind = {
  type: "awsx:lb:NetworkLoadBalancer",
  // A network load balancer has neither: awsx turns them off.
  properties: { loadBalancerType: "network", enableHttp2: false, idleTimeout: 0 },
  hasDefaultSecurityGroup: false,
  targetGroup: (given) => ({ protocol: "TCP", port: given["defaultTargetGroupPort"] ?? 80 }),
  listener: () => ({ protocol: "TCP", port: 80 }),
};

/** Expands `awsx.lb.ApplicationLoadBalancer` as awsx 3.9 does: security group, balancer, target group, listeners. */
export const expandApplicationLoadBalancer: Construct = (host, component) =>
  expand(host, APPLICATION, component);

/** Expands `awsx.lb.NetworkLoadBalancer` as awsx 3.9 does: balancer, target group, listeners. */
export const expandNetworkLoadBalancer: Construct = (host, component) => expand(host, NETWORK, component);

async function expand(
  host: ConstructHost,
  kind: Kind,
  { urn, name, inputs }: Parameters<Construct>[1],
): ReturnType<Construct> {
  const given = readArguments(inputs);
  const { subnets, vpcId } = await placementOf(host, given, kind.type);
  atMostOne(given, kind.type, "listener", "listeners");
  const group =
    kind.hasDefaultSecurityGroup && given["securityGroups"] === undefined
      ? await defaultSecurityGroup(host, given, { urn, name, vpcId })
      : {};
  const own = Object.fromEntries(Object.entries(given).filter(([key]) => !OWN_ARGUMENTS.has(key)));
  const loadBalancer = await registerChild(
    host,
    "aws:lb/loadBalancer:LoadBalancer",
    name,
    {
      ...own,
      ...(subnets === undefined ? {} : { subnets }),
      ...(group.id === undefined ? {} : { securityGroups: [group.id] }),
      ...kind.properties,
    },
    urn,
  );
  atMostOne(given, kind.type, "defaultTargetGroup", "defaultTargetGroupPort");
  const targetGroup = await registerChild(
    host,
    "aws:lb/targetGroup:TargetGroup",
    name,
    { vpcId, ...kind.targetGroup(given), ...spread(given["defaultTargetGroup"]) },
    urn,
  );
  const defaultActions = [{ type: "forward", targetGroupArn: targetGroup.output("arn") }];
  const listeners: Child[] = [];
  for (const [index, listener] of listenersOf(given, kind.type).entries()) {
    listeners.push(
      await registerChild(
        host,
        "aws:lb/listener:Listener",
        `${name}-${index}`,
        {
          defaultActions,
          ...kind.listener(given, listener),
          ...spread(listener),
          loadBalancerArn: loadBalancer.output("arn"),
        },
        urn,
      ),
    );
  }
  return constructed({
    ...(group.child === undefined ? {} : { defaultSecurityGroup: group.child.reference }),
    defaultTargetGroup: targetGroup.reference,
    listeners: settle(listeners.map((listener) => listener.reference)),
    loadBalancer: loadBalancer.reference,
    vpcId,
  });
}

/** The arguments of the listeners. If none is given, there is one listener without arguments. */
function listenersOf(given: InputMap, component: string): readonly (Input | undefined)[] {
  const { listener, listeners } = given;
  if (listeners === undefined) return [listener];
  if (isList(listeners)) return listeners;
  throw new Error(
    `${component}: listeners is or contains a secret or an output, but awsx needs a plain list: give a list of plain objects; their properties may be outputs.`,
  );
}

/** The default security group of awsx: open to everybody unless its arguments are given. */
async function defaultSecurityGroup(
  host: ConstructHost,
  given: InputMap,
  { urn, name, vpcId }: { readonly urn: string; readonly name: string; readonly vpcId: Output },
): Promise<{ readonly id?: Input; readonly child?: Child }> {
  const wanted = given["defaultSecurityGroup"];
  const [skip, args, id] = ["skip", "args", "securityGroupId"].map((key) => propertyOf(wanted, key));
  if (skip !== undefined && skip !== null && skip !== false) return {};
  if (args && id)
    throw new Error(
      "defaultSecurityGroup was given args and securityGroupId: give args to create a group, or the id of an existing one.",
    );
  if (id) return { id };
  const everybody = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };
  const open = {
    vpcId,
    ingress: [{ fromPort: 0, toPort: 0, protocol: "-1", ...everybody }],
    egress: [{ fromPort: 0, toPort: 65535, protocol: "tcp", ...everybody }],
  };
  const child = await registerChild(
    host,
    "aws:ec2/securityGroup:SecurityGroup",
    name,
    // The AWS SDK itself fills in the description.
    { description: "Managed by Pulumi", ...(args ? spread(args) : open) },
    urn,
  );
  return { id: child.id, child };
}

/** awsx 3.9 uses the first of several listeners, but ignores a list with a single one. */
function targetGroupProtocol(given: InputMap): InputMap {
  const { listener, listeners, defaultTargetGroupPort } = given;
  if (!isList(listeners)) return portAndProtocol(listener, defaultTargetGroupPort);
  return listeners.length === 1 ? {} : portAndProtocol(listeners[0], defaultTargetGroupPort);
}

/** The port and protocol of a listener, each derived from the other; without either, 80 and HTTP. */
function portAndProtocol(listener: Input | undefined, fallback?: Input): InputMap {
  const [port, protocol] = ["port", "protocol"].map((key) => propertyOf(listener, key));
  if (port && protocol) return { port, protocol };
  if (port) return { port, protocol: settle(port).map((value) => (value === 443 ? "HTTPS" : "HTTP")) };
  if (protocol) return { protocol, port: settle(protocol).map((value) => (value === "HTTPS" ? 443 : 80)) };
  return { port: fallback ?? 80, protocol: "HTTP" };
}
