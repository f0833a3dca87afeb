import { at, listAt, textOf } from "../cost/graph";
import type { Resource } from "../engine/resource";
import type { Value } from "../values";
import { addDistribution, addFrontDoors } from "./front-doors";
import type { EdgeKind } from "./model";
import { isInternetFacing } from "./network";
import { admits } from "./permissions";
import { INTERNET, type Scene } from "./scene";

/** Protocols with and without TLS. */
const TLS = new Set(["HTTPS", "TLS", "SSL"]);
const CLEAR = new Set(["HTTP", "GRPC"]);

function kindOfProtocol(protocol: string | undefined): EdgeKind {
  const upper = protocol?.toUpperCase() ?? "";
  return TLS.has(upper) ? "tls" : CLEAR.has(upper) ? "clear" : "traffic";
}

/** Draws who sends requests to whom: from the Internet through CDNs, load balancers and APIs to the servers. */
export function addTraffic(scene: Scene): void {
  for (const balancer of scene.graph.ofType("lb/loadBalancer")) addBalancer(balancer, scene);
  for (const balancer of scene.graph.ofType("elb/loadBalancer")) addClassic(balancer, scene);
  for (const distribution of scene.graph.ofType("cloudfront/distribution"))
    addDistribution(distribution, scene);
  addFrontDoors(scene);
}

/** A listener of a load balancer. */
interface Entry {
  readonly protocol: string;
  readonly port: string;
  /** Whether it only redirects visitors to HTTPS. */
  readonly redirects: boolean;
}

function addBalancer(balancer: Resource, scene: Scene): void {
  const { graph, standing } = scene;
  const id = standing(balancer.urn);
  const isApplication = (textOf(balancer.inputs["loadBalancerType"]) ?? "application") === "application";
  const listeners = graph
    .ofType("lb/listener")
    .filter((listener) => graph.linked(listener, "loadBalancerArn", "lb/loadBalancer").includes(balancer))
    // Listeners that serve come before those that only redirect.
    .sort((a, b) => Number(textOf(b.inputs["port"]) ?? 0) - Number(textOf(a.inputs["port"]) ?? 0));
  for (const listener of listeners) {
    const rules = graph
      .ofType("lb/listenerRule")
      .filter((rule) => graph.linked(rule, "listenerArn", "lb/listener").includes(listener));
    const port = textOf(listener.inputs["port"]) ?? "";
    const protocol =
      textOf(listener.inputs["protocol"]) ?? (isApplication ? (port === "443" ? "HTTPS" : "HTTP") : "");
    const actions = [
      ...listAt(listener.inputs, "defaultActions"),
      ...rules.flatMap(({ inputs }) => listAt(inputs, "actions")),
    ];
    const redirects = actions.length > 0 && actions.every(leadsToHttps);
    addEntry(balancer, { protocol, port, redirects }, scene);
    const forwards = [
      [listener, "defaultActions"] as const,
      ...rules.map((rule) => [rule, "actions"] as const),
    ];
    const groups = new Map<Resource, Value[]>();
    for (const [one, property] of forwards)
      for (const group of graph.linked(one, property, "lb/targetGroup"))
        groups.set(group, [...(groups.get(group) ?? []), ...listAt(one.inputs, property)]);
    for (const [group, own] of groups)
      addTargets(id, group, { listener, weights: weightsOf(own, group) }, scene);
  }
}

function leadsToHttps(action: Value): boolean {
  return textOf(at(action, "type")) === "redirect" && textOf(at(action, "redirect.protocol")) === "HTTPS";
}

/** Draws who can reach a listener. */
function addEntry(balancer: Resource, entry: Entry, scene: Scene): void {
  const own = scene.standing(balancer.urn) ?? "";
  const admissions = scene.admissionsOf(balancer);
  const all = isInternetFacing(balancer) ? [INTERNET] : [];
  const sources =
    admissions === undefined
      ? all
      : admissions
          .filter((admission) => admits(admission, Number(entry.port), transportsOf(entry.protocol)))
          .flatMap((admission) => scene.sourcesOf(admission, own));
  for (const from of new Set(sources)) {
    const { protocol, port, redirects } = entry;
    const said = `${protocol || "any protocol"} ${port}`.trim();
    const kind = redirects ? "tls" : kindOfProtocol(protocol);
    const detail = redirects ? `${said} only sends visitors to HTTPS` : `${said} ${HOW[kind] ?? ""}`.trim();
    scene.edges.add({ from, to: own, kind, label: redirects ? `${port} redirects` : said, detail });
  }
}

/** The transports of a listener's requests: UDP, for HTTP/3, only with network load balancers. */
function transportsOf(protocol: string): ("tcp" | "udp")[] {
  const upper = protocol.toUpperCase();
  if (upper === "UDP") return ["udp"];
  return ["TCP_UDP", ""].includes(upper) ? ["tcp", "udp"] : ["tcp"];
}

const HOW: Partial<Record<EdgeKind, string>> = { tls: "by TLS", clear: "in clear text" };

/** The weights of a target group in actions; the weights of all their groups as long as its ARN isn't known. */
function weightsOf(actions: readonly Value[], group: Resource): string[] {
  const weighted = actions.flatMap((action) => listAt(action, "forward.targetGroups"));
  const arn = textOf(group.outputs["arn"]) ?? textOf(group.id);
  const own = weighted.filter((one) => arn !== undefined && textOf(at(one, "arn")) === arn);
  return [...new Set((own.length > 0 ? own : weighted).flatMap((one) => textOf(at(one, "weight")) ?? []))];
}

/** A route from a listener to a target group. */
interface Forward {
  readonly listener: Resource;
  readonly weights: readonly string[];
}

/** Draws the route from a load balancer to the targets of a group. */
function addTargets(
  own: string | undefined,
  group: Resource,
  { listener, weights }: Forward,
  scene: Scene,
): void {
  const { edges, standing } = scene;
  const targets = new Set(targetsOf(group, scene));
  const isFunction = textOf(group.inputs["targetType"]) === "lambda";
  const protocol = textOf(group.inputs["protocol"]) ?? textOf(listener.inputs["protocol"]);
  const kind = isFunction ? "event" : kindOfProtocol(protocol);
  const label = isFunction ? "invokes" : sentence([protocol, textOf(group.inputs["port"])]);
  const share =
    weights.length === 1
      ? `weight ${weights[0]}`
      : weights.length > 1
        ? `one of the weights ${weights.join(", ")}`
        : "";
  const detail = `Target group ${group.name}: ${sentence([label, HOW[kind], share])}`;
  // A group without weight only gets health checks.
  const said =
    weights.length === 1 && weights[0] === "0"
      ? "checks alone"
      : weights.length > 1
        ? `${label} by weight`
        : label;
  const link = { from: own, kind, label: said, detail };
  for (const to of targets) edges.add({ ...link, to });
  if (targets.size === 0) edges.add({ ...link, to: standing(group.urn) });
}

/** The ids of the targets of a target group. */
function targetsOf(group: Resource, { graph, standing }: Pick<Scene, "graph" | "standing">): string[] {
  const isOf = (one: Resource, property: string): boolean =>
    property in one.inputs && graph.linked(one, property, "lb/targetGroup").includes(group);
  const attached = [
    ...graph.ofType("lb/targetGroupAttachment").map((one) => [one, "targetGroupArn", "targetId"] as const),
    ...graph
      .ofType("autoscaling/attachment")
      .map((one) => [one, "lbTargetGroupArn", "autoscalingGroupName"] as const),
    ...graph
      .ofType("autoscaling/trafficSourceAttachment")
      .map((one) => [one, "trafficSource", "autoscalingGroupName"] as const),
  ].flatMap(([one, property, target]) =>
    isOf(one, property) ? (one.propertyDependencies[target] ?? []) : [],
  );
  const naming = [
    ...graph
      .ofType("autoscaling/group")
      .filter((one) => isOf(one, "targetGroupArns") || isOf(one, "trafficSources")),
    ...graph.ofType("ecs/service").filter((one) => isOf(one, "loadBalancers")),
  ].map(({ urn }) => urn);
  return [...attached, ...naming].flatMap((urn) => standing(urn) ?? []);
}

function addClassic(balancer: Resource, scene: Scene): void {
  const { graph, edges, standing } = scene;
  const own = standing(balancer.urn);
  const groups = graph
    .ofType("autoscaling/group")
    .filter(
      (group) =>
        "loadBalancers" in group.inputs &&
        graph.linked(group, "loadBalancers", "elb/loadBalancer").includes(balancer),
    );
  const instances = "instances" in balancer.inputs ? graph.linked(balancer, "instances", "ec2/instance") : [];
  for (const listener of listAt(balancer.inputs, "listeners")) {
    const outer = textOf(at(listener, "lbProtocol")) ?? "";
    addEntry(
      balancer,
      { protocol: outer.toUpperCase(), port: textOf(at(listener, "lbPort")) ?? "", redirects: false },
      scene,
    );
    const inner = textOf(at(listener, "instanceProtocol"))?.toUpperCase();
    const label = sentence([inner, textOf(at(listener, "instancePort"))]);
    for (const target of [...groups, ...instances])
      edges.add({ from: own, to: standing(target.urn), kind: kindOfProtocol(inner), label, detail: "" });
  }
}

function sentence(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== "").join(" ");
}
