import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { isMap, mapKeys, readEach } from "../../read-each";
import {
  AMPLIFY_APP,
  API_INTEGRATION,
  APPSYNC_SOURCE,
  HTTP_API,
  isOf,
  REST_API,
  REST_INTEGRATION,
  REST_RESPONSE,
  TOPIC_SUBSCRIPTION,
} from "../../resources";
import { violations } from "../../rule";
import type { Subject, Violation } from "../../rule";

/** Types for which AWS sends requests over the internet, each with the property that holds the address. */
const ADDRESSES: readonly (readonly [types: readonly string[], path: readonly string[]])[] = [
  [REST_INTEGRATION, ["uri"]],
  [API_INTEGRATION, ["integrationUri"]],
  [HTTP_API, ["target"]],
  [APPSYNC_SOURCE, ["httpConfig", "endpoint"]],
  [["aws-native:apigateway:Method"], ["integration", "uri"]],
  [["aws-native:apigatewayv2:Integration"], ["integrationUri"]],
  [["aws-native:apigatewayv2:Api"], ["target"]],
  [["aws-native:appsync:DataSource"], ["httpConfig", "endpoint"]],
];

/** Rewrites of Amplify, under the names of both providers. */
const REWRITING = [...AMPLIFY_APP, "aws-native:amplify:App"];

/** Subscriptions of SNS, under the names of both providers. */
const SUBSCRIBING = [...TOPIC_SUBSCRIPTION, "aws-native:sns:Subscription"];

/** Types that declare API Gateway integrations in an OpenAPI description. */
const DESCRIBED = [...REST_API, ...HTTP_API];

/** The types that {@link asksInClear} judges. */
export const ASKING: readonly string[] = [
  ...ADDRESSES.flatMap(([types]) => types),
  ...REST_API,
  ...REST_RESPONSE,
  ...REWRITING,
  ...SUBSCRIBING,
];

/**
 * Finds requests and messages that AWS sends in clear text. API Gateway without a VPC link, AppSync, Amplify and SNS
 * send over the internet, to public addresses only.
 *
 * Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_HttpDataSourceConfig.html,
 * https://docs.aws.amazon.com/amplify/latest/userguide/redirects.html,
 * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export function asksInClear(resource: Subject): Violation[] {
  if (isOf(SUBSCRIBING, resource)) return tellsInClear(resource);
  const redirects = redirectsInClear(resource);
  if (isOf(REST_RESPONSE, resource)) return redirects;
  const at = (...path: string[]): Reading => read(resource.props, path);
  const path = ADDRESSES.find(([types]) => isOf(types, resource))?.[1];
  const link = at(...(path?.[0] === "integration" ? ["integration", "connectionType"] : ["connectionType"]));
  const isPrivate = link.kind === "known" && link.value === "VPC_LINK";
  const rewrites = isOf(REWRITING, resource) ? readList(resource.props, ["customRules"]) : [];
  const clear = [
    ...(path !== undefined && !isPrivate && isInClear(at(...path)) ? [path.join(".")] : []),
    ...(isOf(DESCRIBED, resource) && describesClearText(at("body"))
      ? ["The uri of an integration in body"]
      : []),
    ...(isList(rewrites) ? rewrites : []).flatMap((rewrite, index) =>
      rewrite.kind === "known" && isInClear(read(rewrite.value, ["target"]))
        ? [`customRules[${index}].target`]
        : [],
    ),
  ];
  const asking = violations(
    clear.map(
      (what) =>
        `${what} begins with "http:", so that requests cross the internet in clear text; it must begin with "https:"`,
    ),
    `{ ${path?.at(-1) ?? (isOf(REWRITING, resource) ? "target" : "uri")}: "https://…" }, or, in API Gateway, { connectionType: "VPC_LINK", … } to what has no public address`,
  );
  return [...redirects, ...asking];
}

/**
 * Judges the Location header that API Gateway puts into its answers: a text in single quotes for a REST API, and any text
 * for an HTTP API.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
function redirectsInClear({ props }: Subject): Violation[] {
  const placed = ["responseParameters", "responseParameters.*.mappings"].flatMap((path) =>
    readEach(props, path),
  );
  const mappings = placed.flatMap(({ label, reading }) =>
    reading.kind === "known" && isMap(reading.value) ? [{ label, map: reading.value }] : [],
  );
  return violations(
    mappings.flatMap(({ label, map }) =>
      mapKeys(map)
        .filter((name) => /header\.location$/i.test(name) && isInClear(read(map, [name]), /^'?http:/i))
        .map(
          (name) =>
            `${label} sets ${name} to an address that begins with "http:"; it must begin with "https:"`,
        ),
    ),
    `{ "method.response.header.Location": "'https://…'" }`,
  );
}

/** Judges a subscription by its protocol, as its address may not be known yet. */
function tellsInClear({ props }: Subject): Violation[] {
  const protocol = read(props, ["protocol"]);
  if (protocol.kind !== "known" || protocol.value !== "http") return [];
  return violations(
    ['protocol is "http", so that messages cross the internet in clear text; it must be "https"'],
    '{ protocol: "https", endpoint: "https://…" }',
  );
}

/** @param pattern - how an address in clear text begins */
function isInClear(address: Reading, pattern = /^http:/i): boolean {
  return address.kind === "known" && pattern.test(String(address.value));
}

/**
 * Whether an integration in a JSON or YAML description uses clear text, by the first address after its name.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
function describesClearText(body: Reading): boolean {
  const integrations =
    body.kind === "known" ? String(body.value).split(/x-amazon-apigateway-integrations?\b/) : [];
  return integrations.slice(1).some((integration) => {
    const [, address = ""] = /\buri["']?\s*:\s*["']?(\S+)/.exec(integration) ?? [];
    return /^http:/i.test(address) && !integration.includes("VPC_LINK");
  });
}
