import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  AMPLIFY_APP,
  API_INTEGRATION,
  APPSYNC_SOURCE,
  HTTP_API,
  isOf,
  REST_API,
  REST_INTEGRATION,
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
];

/** Types that declare API Gateway integrations in an OpenAPI description. */
const DESCRIBED = [...REST_API, ...HTTP_API];

/** The types that {@link asksInClear} judges. */
export const ASKING: readonly string[] = [
  ...ADDRESSES.flatMap(([types]) => types),
  ...REST_API,
  ...AMPLIFY_APP,
  ...TOPIC_SUBSCRIPTION,
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
  if (isOf(TOPIC_SUBSCRIPTION, resource)) return tellsInClear(resource);
  const at = (...path: string[]): Reading => read(resource.props, path);
  const path = ADDRESSES.find(([types]) => isOf(types, resource))?.[1];
  const link = at("connectionType");
  const isPrivate = link.kind === "known" && link.value === "VPC_LINK";
  const rewrites = isOf(AMPLIFY_APP, resource) ? readList(resource.props, ["customRules"]) : [];
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
  return violations(
    clear.map(
      (what) =>
        `${what} begins with "http:", so that requests cross the internet in clear text; it must begin with "https:"`,
    ),
    `{ ${path?.at(-1) ?? (isOf(AMPLIFY_APP, resource) ? "target" : "uri")}: "https://…" }, or, in API Gateway, { connectionType: "VPC_LINK", … } to what has no public address`,
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

function isInClear(address: Reading): boolean {
  return address.kind === "known" && /^http:/i.test(String(address.value));
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
