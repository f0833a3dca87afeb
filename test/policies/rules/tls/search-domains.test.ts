import { packForSuite, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const NEW = "Policy-Min-TLS-1-2-PFS-2023-10";
const OLD = "Policy-Min-TLS-1-0-2019-07";

describe("search-tls", () => {
  const pack = packForSuite({ directory: "policies" });
  // Settings that are left to AWS only get advice.
  before(() => pack().configure({ "search-tls": { adviceLevel: "disabled" } }));

  for (const [type, block] of [
    ["aws:opensearch/domain:Domain", "domainEndpointOptions"],
    ["aws:elasticsearch/domain:Domain", "domainEndpointOptions"],
    ["aws:cloudsearch/domain:Domain", "endpointOptions"],
  ] as const) {
    const options = (enforceHttps: unknown, tlsSecurityPolicy: unknown) => ({
      [block]: { enforceHttps, tlsSecurityPolicy },
    });
    new RuleSuite("search-tls", { pack }).check(type, [
      { title: `passes HTTPS with TLS 1.2: ${type}`, props: options(true, NEW), says: [] },
      {
        title: `passes the options as texts: ${type}`,
        props: options("true", "Policy-Min-TLS-1-3-2025"),
        says: [],
      },
      { title: `passes absent options: ${type}`, props: {}, says: [] },
      ...[{}, { subnetIds: [] }, { securityGroupIds: ["sg-1"] }].map((vpcOptions) => ({
        title: `refuses plain text without a subnet, in ${JSON.stringify(vpcOptions)}: ${type}`,
        props: { ...options(false, NEW), vpcOptions },
        says: [`${block}.enforceHttps is false; it must be true`],
      })),
      ...[UNKNOWN, { subnetIds: UNKNOWN }, { subnetIds: [UNKNOWN] }].map((vpcOptions) => ({
        title: `passes plain text in a subnet, in ${JSON.stringify(vpcOptions)}: ${type}`,
        props: { ...options(false, NEW), vpcOptions },
        says: [],
      })),
      {
        title: `refuses plain text: ${type}`,
        props: options(false, NEW),
        says: [`${block}.enforceHttps is false; it must be true`],
      },
      {
        title: `refuses old TLS: ${type}`,
        props: options(true, OLD),
        says: [
          `${block}.tlsSecurityPolicy is "${OLD}"; it must be a literal that begins with "Policy-Min-TLS-1-2-"`,
        ],
      },
      {
        title: `refuses a name that only contains an accepted one: ${type}`,
        props: options("xtrue", `x${NEW}`),
        says: ["enforceHttps is another string", "tlsSecurityPolicy is another string"],
      },
      {
        title: `refuses unknown options: ${type}`,
        props: options(UNKNOWN, UNKNOWN),
        says: ["enforceHttps is not known", "tlsSecurityPolicy is not known"],
      },
      {
        title: `passes a domain in a VPC: ${type}`,
        props: { ...options(false, OLD), vpcOptions: { subnetIds: [UNKNOWN] } },
        says: [],
      },
    ]);
  }
});
