import { isList, read, readList } from "../../read";
import { SEARCH_DOMAIN } from "../../resources";
import { advice, problem, resourceRule, violations } from "../../rule";

const OPTIONS = '{ enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" }';

/** Public search endpoints. CloudSearch has another name for the options, and only OpenSearch can be in a VPC. */
export const searchDomains = resourceRule({
  id: "search-tls",
  area: "tls",
  title: "Search domains serve TLS 1.2 or newer only",
  severity: "medium",
  level: "resource",
  description:
    "Public domains of OpenSearch and CloudSearch accept only HTTPS with TLS 1.2 or newer. " +
    "Attackers on the network path can read and change requests and responses in clear text.",
  advises: "options that are not set",
  remedy: `OpenSearch: { domainEndpointOptions: ${OPTIONS} }. CloudSearch: { endpointOptions: ${OPTIONS} }.`,
  references: [
    {
      label: "Opensearch.8",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-8",
    },
  ],
  types: SEARCH_DOMAIN,
  judge({ props, type }) {
    const vpc = read(props, ["vpcOptions"]);
    const subnets = readList(props, ["vpcOptions", "subnetIds"]);
    // Without a subnet, the endpoint is public.
    const isInVpc =
      vpc.kind === "unknown" || (isList(subnets) ? subnets.length > 0 : subnets.kind !== "absent");
    const label = type.startsWith("aws:cloudsearch/") ? "endpointOptions" : "domainEndpointOptions";
    return (["enforceHttps", "tlsSecurityPolicy"] as const).flatMap((property) => {
      const reading = read(props, [label, property]);
      const found = problem(`${label}.${property}`, reading, {
        accepts: (value) =>
          property === "enforceHttps"
            ? value === true || value === "true"
            : typeof value === "string" && /^Policy-Min-TLS-1-[23]-/.test(value),
        allowed: property === "enforceHttps" ? "true" : 'a literal that begins with "Policy-Min-TLS-1-2-"',
        vocabulary: /^(true|false|Policy-Min-TLS-[\w-]{3,40})$/,
      });
      return (isInVpc || reading.kind === "absent" ? advice : violations)([found], `${label}: ${OPTIONS}`);
    });
  },
});
