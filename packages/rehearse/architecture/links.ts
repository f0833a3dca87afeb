import { shortType, textOf } from "../cost/graph";
import type { Resource } from "../engine/resource";
import { type Kind, kindOf } from "./kinds";
import type { EdgeKind } from "./model";
import { isPlacing } from "./network";
import type { Scene } from "./scene";

/** Resources that link two others: the property for each, and the label of the arrow. */
const BRIDGES: Readonly<
  Record<string, readonly [from: string, to: readonly string[], kind: EdgeKind, label: string]>
> = {
  "apigateway/integration": ["restApi", ["uri"], "event", "calls"],
  "apigatewayv2/integration": ["apiId", ["integrationUri"], "event", "calls"],
  "appsync/dataSource": ["apiId", ["lambdaConfig", "dynamodbConfig", "httpConfig"], "event", "calls"],
  "cloudwatch/eventTarget": ["rule", ["arn"], "event", "calls"],
  "cloudwatch/logSubscriptionFilter": ["logGroup", ["destinationArn"], "logs", "log lines"],
  "lambda/eventSourceMapping": ["eventSourceArn", ["functionName"], "event", "events"],
  "lambda/permission": ["sourceArn", ["function"], "event", "calls"],
  "s3/bucketLogging": ["bucket", ["targetBucket"], "logs", "logs"],
  "s3/bucketNotification": ["bucket", ["lambdaFunctions", "queues", "topics"], "event", "events"],
  "sns/topicSubscription": ["topic", ["endpoint"], "event", "messages"],
  "wafv2/webAclAssociation": ["webAclArn", ["resourceArn"], "reference", "filters"],
  "wafv2/webAclLoggingConfiguration": ["resourceArn", ["logDestinationConfigs"], "logs", "logs"],
  "cloudwatch/logDelivery": ["deliverySourceName", ["deliveryDestinationArn"], "logs", "logs"],
  "ec2/flowLog": ["vpcId", ["logDestination"], "logs", "flow logs"],
};

/** Properties of a resource that link it to another one. */
const PROPERTIES: readonly (readonly [property: RegExp, kind: EdgeKind, label: string])[] = [
  [/^(accessLogs|connectionLogs|healthCheckLogs|loggingConfig|loggingV2|logging|loggings)$/, "logs", "logs"],
  [/^(alarmActions|okActions|insufficientDataActions)$/, "event", "notifies"],
  [/^(deadLetterConfig|redrivePolicy)$/, "event", "dead letters"],
  [/^(definition|target|targetParameters)$/, "event", "calls"],
];

/** Properties that refer to a resource in front of this one: a certificate, a firewall. */
const BEFORE = /^(certificateArn|viewerCertificate|webAclId|webAclArn|webAcl)$/;

/** Draws names, events and logs. */
export function addLinks(scene: Scene): void {
  const { graph, edges, standing } = scene;
  const certificates = new Set(graph.ofType("acm/certificate").map(({ urn }) => standing(urn)));
  const isCertificate = (id: string | undefined): boolean => certificates.has(id);
  const ends = (resource: Resource, properties: readonly string[]): (string | undefined)[] => [
    ...new Set(properties.flatMap((property) => endsOf(resource, property, scene)).map(standing)),
  ];
  for (const [type, [from, to, kind, label]] of Object.entries(BRIDGES))
    for (const resource of graph.ofType(type))
      for (const source of ends(resource, [from]))
        for (const target of ends(resource, to))
          if (
            source !== undefined &&
            target !== undefined &&
            !(type === "lambda/permission" && edges.links(source, target))
          )
            edges.add({ from: source, to: target, kind, label, detail: `by ${resource.name}` });
  for (const record of graph.ofType("route53/record"))
    for (const target of ends(record, ["aliases", "records"]).filter((id) => !isCertificate(id)))
      edges.add({
        from: standing(record.urn),
        to: target,
        kind: "name",
        label: "alias",
        detail: `${textOf(record.inputs["name"]) ?? record.name} is an alias`,
      });
  for (const resource of graph.resources) {
    if (shortType(resource.type) === undefined) continue;
    for (const property of Object.keys(resource.propertyDependencies).filter((one) => BEFORE.test(one)))
      for (const source of ends(resource, [property]))
        edges.add({ from: source, to: standing(resource.urn), kind: "reference", label: "", detail: "" });
    for (const property of Object.keys(resource.propertyDependencies))
      for (const [pattern, kind, label] of PROPERTIES)
        if (pattern.test(property))
          for (const target of ends(resource, [property]))
            edges.add({ from: standing(resource.urn), to: target, kind, label, detail: "" });
  }
}

/** URNs of the resources that a property stands for: without the permissions that it only waits for. */
function endsOf(resource: Resource, property: string, { resourceOf }: Scene): string[] {
  if (!(property in resource.inputs)) return [];
  const all = (resource.propertyDependencies[property] ?? []).flatMap((urn) => resourceOf(urn) ?? []);
  if (property === "vpcId")
    return all.filter(({ type }) => shortType(type) === "ec2/vpc").map(({ urn }) => urn);
  const meant = all.filter((one) => kindOf(one)?.role !== "part" && shortType(one.type) !== "iam/role");
  return (meant.length > 0 ? meant : all).map(({ urn }) => urn);
}

/** Draws the other references between boxes that aren't linked yet. */
export function addReferences({ graph, edges, standing, resourceOf, isAround }: Scene): void {
  const found: (readonly [from: string, to: string, detail: string])[] = [];
  for (const resource of graph.resources) {
    const from = standing(resource.urn);
    if (from === undefined || isAround(from) || !speaks(kindOf(resource))) continue;
    const isAllowed = shortType(resource.type)?.startsWith("iam/") === true;
    const detail = isAllowed ? `${resource.name} allows it` : `${resource.name} refers to it`;
    for (const [property, urns] of Object.entries(resource.propertyDependencies))
      for (const urn of isPlacing(property) ? [] : urns) {
        const target = resourceOf(urn);
        const to = standing(urn);
        if (target !== undefined && to !== undefined && !isAround(to) && isNamed(target))
          found.push([from, to, detail]);
      }
  }
  const isNew = new Set(found.filter(([from, to]) => !edges.links(from, to)));
  for (const [from, to, detail] of isNew)
    if (!edges.leads(to, from, ["reference"])) edges.add({ from, to, kind: "reference", label: "", detail });
}

/** Whether references from and to a kind add information to the drawing. */
function speaks(kind: Kind | undefined): boolean {
  return kind !== undefined && kind.role !== "frame" && !SILENT.has(kind.label);
}

/**
 * Whether a reference is to the resource that its box is named after: what several share is drawn with the first of
 * them.
 */
function isNamed(target: Resource): boolean {
  const kind = kindOf(target);
  return speaks(kind) && kind?.role !== "used";
}

/** Kinds that monitor others, or that all others use. */
const SILENT = new Set(["Alarm", "Dashboard", "NAT gateway", "Route 53", "VPC endpoint"]);
