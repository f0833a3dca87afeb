import { fault, resourceRule, violations } from "../../rule";
import { read } from "../../read";
import { API_DOMAIN } from "../../resources";

const FIX = 'securityPolicy: "TLS_1_2"';

/** API Gateway serves TLS only; which versions, its custom domains say. Domains of HTTP APIs take TLS 1.2 only. */
export const apiGatewayTls = resourceRule({
  id: "api-gateway-tls",
  area: "tls",
  title: "Custom domains of API Gateway speak TLS 1.2 or newer",
  severity: "medium",
  level: "resource",
  description:
    "Custom domains of REST APIs name a security policy without TLS 1.0. " +
    "Others on the way can break older versions.",
  remedy: `Domain name: { ${FIX} }.`,
  references: [
    {
      label: "Security policies of custom domains",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    },
  ],
  types: API_DOMAIN,
  judge(domain) {
    const policy = fault("securityPolicy", read(domain.props, ["securityPolicy"]), {
      accepts: (value) => typeof value === "string" && /^(TLS_1_2|SecurityPolicy_TLS1[23]_\w+)$/.test(value),
      allowed:
        'a literal: "TLS_1_2", or one whose name begins with SecurityPolicy_TLS12 or SecurityPolicy_TLS13',
      vocabulary: /^(TLS_\d_\d|SecurityPolicy_TLS\w{2,40})$/,
    });
    return violations([policy], FIX);
  },
});
