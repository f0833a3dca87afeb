import assert from "node:assert/strict";
import { CLASSIC_NEGOTIATION, CLASSIC_POLICY } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const named = (value: unknown, name: unknown = "Reference-Security-Policy") => [{ name, value }];
const policy = (policyAttributes: unknown, policyTypeName: unknown = "SSLNegotiationPolicyType") => ({
  policyTypeName,
  policyAttributes,
});
const STRONG = "ELBSecurityPolicy-TLS-1-2-2017-01";

describe("classic-tls-policies", () => {
  const suite = new RuleSuite("classic-tls-policies");
  suite.check(CLASSIC_POLICY[0], [
    { title: "passes the policy with TLS 1.2 only", props: policy(named(STRONG)), says: [] },
    { title: "passes a secret policy", props: policy(named(secret(STRONG))), says: [] },
    {
      title: "passes policies of other types",
      props: policy(named("true", "ProxyProtocol"), "ProxyProtocolPolicyType"),
      says: [],
    },
    {
      title: "refuses a policy with TLS 1.0",
      props: policy(named("ELBSecurityPolicy-2016-08")),
      says: ['Reference-Security-Policy is "ELBSecurityPolicy-2016-08"'],
    },
    {
      title: "refuses custom attributes",
      props: policy(named("true", "Protocol-TLSv1")),
      says: ["name no Reference-Security-Policy"],
    },
    {
      title: "refuses a second policy name beside the right one",
      props: policy([...named(STRONG), ...named("ELBSecurityPolicy-2016-08")]),
      says: ["ELBSecurityPolicy-2016-08"],
    },
    { title: "refuses an unknown name", props: policy(named(UNKNOWN)), says: ["is not known"] },
    ...["", null, []].map((type) => ({
      title: `refuses ${JSON.stringify(type)} as the type of a policy`,
      props: policy(named(STRONG), type),
      says: [/policyTypeName is .*; it must be a literal, such as "SSLNegotiationPolicyType"\.$/m],
    })),
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
    { title: "passes the policy declared for a port", props: { attributes: named(STRONG) }, says: [] },
    { title: "refuses a port without attributes", props: { lbPort: 443 }, says: ["attributes name no"] },
  ]);
  suite.checkTypes([...CLASSIC_POLICY, ...CLASSIC_NEGOTIATION], {
    policyTypeName: "SSLNegotiationPolicyType",
  });
  suite.checkSilence(CLASSIC_POLICY[0], policy(named(secret("hunter2")), secret("SSLNegotiationPolicyType")));
});

describe("classic-tls-policies-stack", () => {
  const suite = new RuleSuite("classic-tls-policies-stack");
  const HTTPS = { lbProtocol: "https", lbPort: 443 };
  const balancer = (...listeners: unknown[]): TestResource => ({
    type: "aws:elb/loadBalancer:LoadBalancer",
    name: "shop",
    props: { id: UNKNOWN, name: UNKNOWN, listeners },
  });
  const negotiation = (on: TestResource, lbPort: unknown = 443): TestResource => ({
    type: CLASSIC_NEGOTIATION[0],
    name: "tls",
    props: { loadBalancer: UNKNOWN, lbPort },
    propertyDependencies: { loadBalancer: [urnOf(on)] },
  });
  const policyOf = (policyTypeName: unknown): TestResource => ({
    type: CLASSIC_POLICY[0],
    name: "policy",
    props: { policyName: "shop-policy", policyTypeName },
  });
  const listenerPolicy = (
    on: TestResource,
    policyNames: unknown,
    leads: TestResource[] = [],
  ): TestResource => ({
    type: "aws:elb/listenerPolicy:ListenerPolicy",
    name: "use",
    props: { loadBalancerName: UNKNOWN, loadBalancerPort: 443, policyNames },
    propertyDependencies: { loadBalancerName: [urnOf(on)], policyNames: leads.map(urnOf) },
  });
  const shop = balancer(HTTPS);
  const tls = policyOf("SSLNegotiationPolicyType");

  it("refuses an HTTPS listener without a TLS policy", async () => {
    const [[urn, message] = ["", ""], ...more] = await suite.judgeStack(shop);
    assert.equal(urn, urnOf(shop));
    assert.match(
      message,
      /No policy in this stack sets the TLS versions of listeners\[0\], so it also accepts TLS 1.0/,
    );
    assert.match(message, /^Fix: new aws\.elb\.SslNegotiationPolicy/m);
    assert.deepEqual(more, []);
  });

  for (const [title, ...resources] of [
    ["a separate policy", shop, negotiation(shop)],
    ["a policy on an unknown port", shop, negotiation(shop, UNKNOWN)],
    ["a policy on a port in digits", balancer({ ...HTTPS, lbPort: "443" }), negotiation(shop, "443")],
    ["AWS's own policy by name", shop, listenerPolicy(shop, [STRONG])],
    ["AWS's own policy among others", shop, listenerPolicy(shop, ["stickiness", STRONG])],
    ...["id", "name"].map((key) => {
      const named = { ...shop, props: { ...shop.props, [key]: "shop" } };
      const own = {
        ...negotiation(shop),
        props: { loadBalancer: "shop", lbPort: 443 },
        propertyDependencies: {},
      };
      return [`a policy of its own, by ${key}`, named, own] as const;
    }),
    ["a policy beside it by name", shop, tls, listenerPolicy(shop, ["shop-policy"])],
    ["a policy beside it by reference", shop, tls, listenerPolicy(shop, [UNKNOWN], [tls])],
    ["a policy beside it by an unknown list", shop, tls, listenerPolicy(shop, UNKNOWN, [tls])],
  ] as const satisfies readonly (readonly [string, ...TestResource[]])[]) {
    it(`passes ${title}`, async () => assert.deepEqual(await suite.judgeStack(...resources), []));
  }

  for (const [title, ...resources] of [
    ["a policy on another port", shop, negotiation(shop, 8443)],
    ["a policy on another balancer", shop, { ...negotiation(shop), propertyDependencies: {} }],
    ["a weak policy of AWS by name", shop, listenerPolicy(shop, ["ELBSecurityPolicy-2016-08"])],
    [
      "a policy of another type",
      shop,
      policyOf("ProxyProtocolPolicyType"),
      listenerPolicy(shop, ["shop-policy"]),
    ],
    ["a policy of unknown type", shop, policyOf(UNKNOWN), listenerPolicy(shop, ["shop-policy"])],
    [
      "AWS's own policy on another port",
      balancer({ ...HTTPS, lbPort: 8443 }),
      listenerPolicy(shop, [STRONG]),
    ],
    ["no policies at all", shop, listenerPolicy(shop, null)],
    ["SSL in upper case", balancer({ lbProtocol: "SSL", lbPort: 443 })],
    ["an unknown port", balancer({ ...HTTPS, lbPort: UNKNOWN }), negotiation(shop)],
    ["a secret protocol", balancer({ lbProtocol: secret("https"), lbPort: 443 })],
  ] as const satisfies readonly (readonly [string, ...TestResource[]])[]) {
    it(`refuses ${title}`, async () => assert.equal((await suite.judgeStack(...resources)).length, 1));
  }

  it("judges each listener separately, and leaves those without TLS to tls-listeners", async () => {
    const many = balancer(UNKNOWN, { lbProtocol: "tcp", lbPort: 80 }, HTTPS, { ...HTTPS, lbPort: 8443 });
    const [[, message] = ["", ""]] = await suite.judgeStack(many, negotiation(many));
    assert.match(message, /listeners\[3\]/);
    assert.doesNotMatch(message, /listeners\[[012]\]/);
    const odd = { ...shop, props: { listeners: UNKNOWN } };
    assert.deepEqual(await suite.judgeStack(odd), []);
  });
});
