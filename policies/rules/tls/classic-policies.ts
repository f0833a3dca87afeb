import { fault, resourceRule, violations } from "../../rule";
import type { Expectation, Subject } from "../../rule";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_NEGOTIATION, CLASSIC_POLICY, isOf } from "../../resources";

const ATTRIBUTE = '{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-TLS-1-2-2017-01" }';
const FIX = `policyTypeName: "SSLNegotiationPolicyType", policyAttributes: [${ATTRIBUTE}]`;

const REFERENCE_POLICY: Expectation = {
  accepts: (value) => value === "ELBSecurityPolicy-TLS-1-2-2017-01",
  allowed: '"ELBSecurityPolicy-TLS-1-2-2017-01", the only predefined one without TLS 1.0 and 1.1',
  vocabulary: /^ELBSecurityPolicy-[\w-]{1,60}$/,
};

const POLICY_TYPE: Expectation = {
  accepts: (value) => typeof value === "string" && value !== "",
  allowed: 'a literal, such as "SSLNegotiationPolicyType"',
};

/** What TLS a Classic Load Balancer speaks hangs on resources of its own. */
export const classicPolicies = resourceRule({
  id: "classic-tls-policies",
  area: "tls",
  title: "Classic Load Balancers speak TLS 1.2 only",
  severity: "high",
  level: "resource",
  description:
    "What is declared of the TLS that a Classic Load Balancer speaks names the predefined policy with TLS 1.2 only. " +
    "Others on the way can break older versions.",
  remedy: `aws.elb.LoadBalancerPolicy: { ${FIX} }; aws.elb.SslNegotiationPolicy: { attributes: [${ATTRIBUTE}] }.`,
  references: [
    {
      label: "ELB.8",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-8",
    },
  ],
  types: [...CLASSIC_POLICY, ...CLASSIC_NEGOTIATION],
  judge(resource) {
    if (isOf(CLASSIC_NEGOTIATION, resource)) return violations(attributeFaults(resource, "attributes"), FIX);
    const type = read(resource.props, ["policyTypeName"]);
    // Stickiness, proxy protocol and the like are policies too.
    const isNegotiation = type.kind !== "known" || type.value === "SSLNegotiationPolicyType";
    const faults = isNegotiation ? attributeFaults(resource, "policyAttributes") : [];
    return violations([fault("policyTypeName", type, POLICY_TYPE), ...faults], FIX);
  },
});

/** One predefined policy has to be named. AWS refuses attributes of one's own beside it. */
function attributeFaults(policy: Subject, property: string): (string | undefined)[] {
  const attributes = readList(policy.props, [property]);
  const named = (isList(attributes) ? attributes : []).filter(
    (attribute) => valueOf(attribute, "name") === "Reference-Security-Policy",
  );
  if (named.length === 0)
    return [`${property} name no Reference-Security-Policy; they must hold ${ATTRIBUTE}`];
  return named.map((attribute) =>
    fault(
      `${property}: Reference-Security-Policy`,
      read(attribute.kind === "known" ? attribute.value : undefined, ["value"]),
      REFERENCE_POLICY,
    ),
  );
}

function valueOf(attribute: Reading, field: string): unknown {
  const reading = read(attribute.kind === "known" ? attribute.value : undefined, [field]);
  return reading.kind === "known" ? reading.value : undefined;
}
