import { advice, fault, resourceRule, violations } from "../../rule";
import { read } from "../../read";
import { API_DOMAIN, REST_API } from "../../resources";

const FIX =
  'securityPolicy: "TLS_1_2" (REST API: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", endpointAccessMode: "BASIC")';

/** API Gateway serves TLS only; which versions, REST APIs and their custom domains say. HTTP APIs take TLS 1.2 only. */
export const apiGatewayTls = resourceRule({
  id: "api-gateway-tls",
  area: "tls",
  title: "REST APIs speak TLS 1.2 or newer",
  severity: "medium",
  level: "resource",
  description:
    "REST APIs and their custom domains name a security policy without TLS 1.0. " +
    "Others on the way can break older versions.",
  advises: "policies that are left to AWS",
  remedy: `Domain name: { ${FIX} }.`,
  references: [
    {
      label: "Security policies of API Gateway",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    },
  ],
  types: [...API_DOMAIN, ...REST_API],
  judge({ props }) {
    const policy = read(props, ["securityPolicy"]);
    const found = fault("securityPolicy", policy, {
      accepts: (value) => typeof value === "string" && /^(TLS_1_2|SecurityPolicy_TLS1[23]_\w+)$/.test(value),
      allowed:
        'a literal: "TLS_1_2", or one whose name begins with SecurityPolicy_TLS12 or SecurityPolicy_TLS13',
      vocabulary: /^(TLS_\d_\d|SecurityPolicy_TLS\w{2,40})$/,
    });
    return (policy.kind === "absent" ? advice : violations)([found], FIX);
  },
});
