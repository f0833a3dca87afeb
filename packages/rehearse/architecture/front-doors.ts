import { at, type Graph, listAt, shortType, textOf } from "../cost/graph";
import type { Resource } from "../engine/resource";
import { isMap, type Values } from "../values";
import type { EdgeKind } from "./model";
import { INTERNET, type Scene } from "./scene";

/** Draws who reaches a CloudFront distribution, and its origins. */
export function addDistribution(distribution: Resource, { graph, edges, standing, resourceOf }: Scene): void {
  const own = standing(distribution.urn);
  const { inputs } = distribution;
  const behaviours = [at(inputs, "defaultCacheBehavior"), ...listAt(inputs, "orderedCacheBehaviors")];
  const policies = behaviours.map((one) => textOf(at(one, "viewerProtocolPolicy")) ?? "");
  const isClear = policies.includes("allow-all");
  const redirects = policies.includes("redirect-to-https");
  edges.add({ from: INTERNET, to: own, kind: "tls", label: "HTTPS 443", detail: "HTTPS 443 by TLS" });
  if (redirects) edges.add({ from: INTERNET, to: own, kind: "tls", label: "80 redirects", detail: "" });
  if (isClear)
    edges.add({
      from: INTERNET,
      to: own,
      kind: "clear",
      label: "HTTP 80",
      detail: "viewerProtocolPolicy is allow-all",
    });
  const origins = listAt(inputs, "origins").filter(isMap);
  const reached = (distribution.propertyDependencies["origins"] ?? []).flatMap(
    (urn) => resourceOf(urn) ?? [],
  );
  const byName = graph
    .ofType("route53/record")
    .filter(({ inputs: { name } }) =>
      origins.some(({ domainName }) => textOf(domainName) === textOf(name) && textOf(name) !== undefined),
    )
    .flatMap(({ propertyDependencies }) => propertyDependencies["aliases"] ?? [])
    .flatMap((urn) => resourceOf(urn) ?? []);
  const targets = new Map<string, string | undefined>();
  for (const origin of [...reached, ...byName]) {
    const isVpcOrigin = shortType(origin.type) === "cloudfront/vpcOrigin";
    const target = isVpcOrigin ? vpcOrigin(origin, graph) : { origin, policy: originPolicy(origin, origins) };
    if (!ORIGINS.test(shortType(target.origin.type) ?? "")) continue;
    targets.set(target.origin.urn, target.policy ?? targets.get(target.origin.urn));
  }
  for (const [urn, policy] of targets) {
    // A protocol that matches the viewer's is TLS if viewers can only use TLS.
    const isTls =
      policy === "https-only" || (policy === MATCHING && policies.every((one) => ENCRYPTED.has(one)));
    const kind = isTls ? "tls" : policy === "http-only" ? "clear" : "traffic";
    const label = kind === "clear" ? "HTTP" : kind === "tls" ? "HTTPS" : "HTTP or HTTPS";
    edges.add({ from: own, to: standing(urn), kind, label, detail: `Origin: ${label}` });
  }
}

const MATCHING = "match-viewer";
const ENCRYPTED = new Set(["https-only", "redirect-to-https"]);

const WEBSITES = new Set(["s3/bucketWebsiteConfiguration", "s3/bucketWebsiteConfigurationV2"]);

const ORIGINS =
  /^(lb\/loadBalancer|elb\/loadBalancer|s3\/bucket(WebsiteConfiguration(V2)?)?$|apigateway\/|apigatewayv2\/|lambda\/function|ec2\/instance)/;

function vpcOrigin(origin: Resource, graph: Graph): { origin: Resource; policy: string | undefined } {
  const property = "vpcOriginEndpointConfig";
  const [balancer] = property in origin.inputs ? graph.linked(origin, property, "lb/loadBalancer") : [];
  return {
    origin: balancer ?? origin,
    policy: textOf(at(origin.inputs, `${property}.originProtocolPolicy`)),
  };
}

/**
 * The protocol between a distribution and an origin; undefined if its origins differ and it isn't known which one
 * applies. Buckets are reached by the viewer's protocol, and as websites only in clear text.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPandHTTPSRequests.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
 */
function originPolicy({ type, inputs }: Resource, origins: readonly Values[]): string | undefined {
  if (WEBSITES.has(shortType(type) ?? "")) return "http-only";
  const isCustom = (origin: Values): boolean => isMap(at(origin, "customOriginConfig"));
  const custom = origins.filter(isCustom);
  const isBucket = shortType(type) === "s3/bucket";
  if (isBucket && custom.length === 0) return MATCHING;
  // Only its name could show which origin it is.
  if (isBucket && custom.length < origins.length) return isMap(inputs["website"]) ? undefined : MATCHING;
  const policies = new Set(
    custom.map((origin) => textOf(at(origin, "customOriginConfig.originProtocolPolicy"))),
  );
  return policies.size === 1 ? [...policies][0] : undefined;
}

/** Services that AWS itself serves on the Internet: only by TLS, except websites in S3. */
export function addFrontDoors({ graph, edges, standing }: Scene): void {
  const door = (resource: Resource, kind: EdgeKind, label: string): void =>
    edges.add({ from: INTERNET, to: standing(resource.urn), kind, label, detail: "" });
  for (const type of ["apigateway/restApi", "apigatewayv2/api", "appsync/graphQLApi", "apprunner/service"])
    for (const api of graph.ofType(type))
      if (!listAt(api.inputs, "endpointConfiguration.types").includes("PRIVATE"))
        door(api, "tls", "HTTPS 443");
  for (const url of graph.ofType("lambda/functionUrl")) door(url, "tls", "HTTPS 443");
  for (const accelerator of graph.ofType("globalaccelerator/accelerator")) door(accelerator, "traffic", "");
  const sites = [
    ...[...WEBSITES].flatMap((type) => graph.ofType(type)),
    ...graph.ofType("s3/bucket").filter(({ inputs }) => isMap(inputs["website"])),
  ];
  for (const site of sites) {
    const isBehind = edges.all.some(({ to, from }) => to === standing(site.urn) && from !== INTERNET);
    if (!isBehind) door(site, "clear", "HTTP 80");
  }
}
