import { CLASSIC_NEGOTIATION, CLASSIC_POLICY } from "../../../../policies/resources";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { Suite } from "./support";

const named = (value: unknown, name: unknown = "Reference-Security-Policy") => [{ name, value }];
const policy = (policyAttributes: unknown, policyTypeName: unknown = "SSLNegotiationPolicyType") => ({
  policyTypeName,
  policyAttributes,
});
const STRONG = "ELBSecurityPolicy-TLS-1-2-2017-01";

describe("classic-tls-policies", () => {
  const suite = new Suite(packForSuite({ directory: "policies" }), "classic-tls-policies");
  suite.check(CLASSIC_POLICY[0], [
    { title: "passes the policy with TLS 1.2 only", props: policy(named(STRONG)), says: [] },
    { title: "passes it as a secret", props: policy(named(secret(STRONG))), says: [] },
    {
      title: "passes policies about something else",
      props: policy(named("true", "ProxyProtocol"), "ProxyProtocolPolicyType"),
      says: [],
    },
    {
      title: "refuses a policy with TLS 1.0",
      props: policy(named("ELBSecurityPolicy-2016-08")),
      says: ['Reference-Security-Policy is "ELBSecurityPolicy-2016-08"'],
    },
    {
      title: "refuses attributes of one's own",
      props: policy(named("true", "Protocol-TLSv1")),
      says: ["name no Reference-Security-Policy"],
    },
    {
      title: "refuses a second name beside the right one",
      props: policy([...named(STRONG), ...named("ELBSecurityPolicy-2016-08")]),
      says: ["ELBSecurityPolicy-2016-08"],
    },
    { title: "refuses an unknown name", props: policy(named(UNKNOWN)), says: ["is not known"] },
    { title: "refuses unknown attributes", props: policy(UNKNOWN), says: ["name no Reference"] },
    { title: "refuses absent attributes", props: policy(null), says: ["name no Reference"] },
    { title: "refuses attributes of the wrong type", props: policy("strong"), says: ["name no Reference"] },
    {
      title: "refuses an unknown type of policy, which may be this one",
      props: policy(named("true", "Protocol-TLSv1"), UNKNOWN),
      says: [/policyTypeName is not known[^]*name no Reference/],
    },
  ]);
  suite.check(CLASSIC_NEGOTIATION[0], [
    { title: "passes it declared for a port", props: { attributes: named(STRONG) }, says: [] },
    { title: "refuses a port without attributes", props: { lbPort: 443 }, says: ["attributes name no"] },
  ]);
  suite.checkTypes([...CLASSIC_POLICY, ...CLASSIC_NEGOTIATION], {
    policyTypeName: "SSLNegotiationPolicyType",
  });
  suite.checkSilence(CLASSIC_POLICY[0], policy(named(secret("hunter2")), secret("SSLNegotiationPolicyType")));
});
