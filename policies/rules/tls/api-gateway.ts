import { advice, problem, resourceRule, violations } from "../../rule";
import { read } from "../../read";
import { API_DOMAIN, HTTP_API_DOMAIN, isOf, REST_API } from "../../resources";
import { ASKING, asksInClear } from "./asks-in-clear";

const FIX =
  'securityPolicy: "TLS_1_2" (REST API: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", endpointAccessMode: "BASIC")';

/**
 * The TLS versions of REST APIs and custom domains of API Gateway, which serves TLS only; and the requests that AWS
 * services send over the internet.
 */
export const apiGatewayTls = resourceRule({
  id: "api-gateway-tls",
  area: "tls",
  title: "APIs use TLS 1.2 or newer, and AWS services send requests by TLS",
  severity: "medium",
  level: "resource",
  description:
    "REST APIs and custom domains name a security policy without TLS 1.0; API Gateway and AppSync integrations, Amplify rewrites " +
    "and SNS subscriptions reach public addresses by HTTPS. " +
    "Attackers on the network path can break older versions, and can read and change clear text.",
  advises: "security policies that are not set",
  remedy: `Domain name: { ${FIX} }.`,
  references: [
    {
      label: "Security policies of API Gateway",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    },
  ],
  types: [...new Set([...API_DOMAIN, ...HTTP_API_DOMAIN, ...REST_API, ...ASKING])],
  judge(resource) {
    const asking = asksInClear(resource);
    if (!isOf([...API_DOMAIN, ...HTTP_API_DOMAIN, ...REST_API], resource)) return asking;
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
    return [...(policy.kind === "absent" ? advice : violations)([found], FIX), ...asking];
  },
});
