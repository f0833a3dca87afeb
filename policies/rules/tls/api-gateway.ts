import { advice, problem, resourceRule, violations } from "../../rule";
import { read } from "../../read";
import {
  API_DOMAIN,
  API_INTEGRATION,
  HTTP_API_DOMAIN,
  isOf,
  REST_API,
  REST_INTEGRATION,
} from "../../resources";
import type { Subject, Violation } from "../../rule";

const FIX =
  'securityPolicy: "TLS_1_2" (REST API: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", endpointAccessMode: "BASIC")';

/**
 * API Gateway serves TLS only; which versions, REST APIs and custom domains say. What it asks over the internet,
 * integrations say.
 */
export const apiGatewayTls = resourceRule({
  id: "api-gateway-tls",
  area: "tls",
  title: "APIs speak TLS 1.2 or newer, and ask others by TLS",
  severity: "medium",
  level: "resource",
  description:
    "REST APIs and custom domains name a security policy without TLS 1.0, and integrations ask public addresses by HTTPS. " +
    "Others on the way can break older versions, and read and change what goes in clear text.",
  advises: "policies that are left to AWS",
  remedy: `Domain name: { ${FIX} }.`,
  references: [
    {
      label: "Security policies of API Gateway",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    },
  ],
  types: [...API_DOMAIN, ...HTTP_API_DOMAIN, ...REST_API, ...REST_INTEGRATION, ...API_INTEGRATION],
  judge(resource) {
    if (isOf([...REST_INTEGRATION, ...API_INTEGRATION], resource)) return judgeIntegration(resource);
    const { props } = resource;
    const place = isOf(HTTP_API_DOMAIN, resource)
      ? ["domainNameConfiguration", "securityPolicy"]
      : ["securityPolicy"];
    const policy = read(props, place);
    const found = problem(place.join("."), policy, {
      accepts: (value) => typeof value === "string" && /^(TLS_1_2|SecurityPolicy_TLS1[23]_\w+)$/.test(value),
      allowed:
        'a literal: "TLS_1_2", or one whose name begins with SecurityPolicy_TLS12 or SecurityPolicy_TLS13',
      vocabulary: /^(TLS_\d_\d|SecurityPolicy_TLS\w{2,40})$/,
    });
    return (policy.kind === "absent" ? advice : violations)([found], FIX);
  },
});

/** Without a VPC link, API Gateway goes by the internet, to public addresses only. */
function judgeIntegration({ props, type }: Subject): Violation[] {
  const property = type === REST_INTEGRATION[0] ? "uri" : "integrationUri";
  const uri = read(props, [property]);
  const link = read(props, ["connectionType"]);
  const isPrivate = link.kind === "known" && link.value === "VPC_LINK";
  if (isPrivate || uri.kind !== "known" || !/^http:/i.test(String(uri.value))) return [];
  return violations(
    [
      `${property} begins with "http:", so that requests cross the internet in clear text; it must begin with "https:"`,
    ],
    `{ ${property}: "https://…" }, or { connectionType: "VPC_LINK", … } to what has no public address`,
  );
}
