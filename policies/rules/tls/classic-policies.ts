import { problem, resourceRule, stackRule, violations } from "../../rule";
import type { Expectation, StackSubject, Subject } from "../../rule";
import { integer, isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import {
  CLASSIC_LISTENER_POLICY,
  CLASSIC_LOAD_BALANCER,
  CLASSIC_NEGOTIATION,
  CLASSIC_POLICY,
  isOf,
} from "../../resources";
import type { Stack } from "../../stack";

const PREDEFINED = "ELBSecurityPolicy-TLS-1-2-2017-01";
const ATTRIBUTE = `{ name: "Reference-Security-Policy", value: "${PREDEFINED}" }`;
const STACK_FIX =
  'new aws.elb.SslNegotiationPolicy("tls", { loadBalancer: balancer.id, lbPort: 443, ' +
  `attributes: [${ATTRIBUTE}] })`;
const FIX = `policyTypeName: "SSLNegotiationPolicyType", policyAttributes: [${ATTRIBUTE}]`;

const REFERENCE_POLICY: Expectation = {
  accepts: (value) => value === PREDEFINED,
  allowed: `"${PREDEFINED}", the only predefined one without TLS 1.0 and 1.1`,
  vocabulary: /^ELBSecurityPolicy-[\w-]{1,60}$/,
};

const POLICY_TYPE: Expectation = {
  accepts: (value) => typeof value === "string" && value !== "",
  allowed: 'a literal, such as "SSLNegotiationPolicyType"',
};

/** Separate resources set the TLS versions of a Classic Load Balancer. */
export const classicPolicies = resourceRule({
  id: "classic-tls-policies",
  area: "tls",
  title: "Policies of Classic Load Balancers allow TLS 1.2 only",
  severity: "high",
  level: "resource",
  description:
    "TLS policies of Classic Load Balancers name the predefined policy that allows TLS 1.2 only. " +
    "Attackers on the network path can break older versions.",
  remedy: `aws.elb.LoadBalancerPolicy: { ${FIX} }; aws.elb.SslNegotiationPolicy: { attributes: [${ATTRIBUTE}] }.`,
  references: [
    {
      label: "ELB.8",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-8",
    },
  ],
  types: [...CLASSIC_POLICY, ...CLASSIC_NEGOTIATION],
  judge(resource) {
    if (isOf(CLASSIC_NEGOTIATION, resource))
      return violations(attributeProblems(resource, "attributes"), FIX);
    const type = read(resource.props, ["policyTypeName"]);
    // There are also policies for stickiness, proxy protocol and other features.
    const isNegotiation = type.kind !== "known" || type.value === "SSLNegotiationPolicyType";
    const problems = isNegotiation ? attributeProblems(resource, "policyAttributes") : [];
    return violations([problem("policyTypeName", type, POLICY_TYPE), ...problems], FIX);
  },
});

/** Classic Load Balancers without a TLS policy, which only the stack shows. */
export const everyClassicTls = stackRule({
  id: "classic-tls-policies-stack",
  area: "tls",
  title: "Classic Load Balancers have a TLS policy",
  severity: "high",
  level: "stack",
  description:
    "Every HTTPS or SSL listener of a Classic Load Balancer has a policy that sets its TLS versions. " +
    "Without one, it also accepts TLS 1.0, which attackers on the network path can break.",
  remedy: `Beside the load balancer: ${STACK_FIX}.`,
  references: classicPolicies.references,
  judge(stack) {
    const portsOf = negotiatedPorts(stack);
    return stack.ofTypes(CLASSIC_LOAD_BALANCER).flatMap((balancer) => {
      const listeners = readList(balancer.props, ["listeners"]);
      const told = portsOf.get(balancer) ?? new Set();
      const problems = (isList(listeners) ? listeners : []).map((listener, index) => {
        const at = (field: string): Reading =>
          read(listener.kind === "known" ? listener.value : undefined, [field]);
        const protocol = upperCase(at("lbProtocol"));
        const port = at("lbPort");
        const isTold = told.has("any") || (port.kind === "known" && told.has(integer(port.value) ?? "any"));
        if ((protocol !== "HTTPS" && protocol !== "SSL") || isTold) return undefined;
        return (
          `No policy in this stack sets the TLS versions of listeners[${index}], so it also accepts TLS 1.0; ` +
          "it must have one"
        );
      });
      return violations(problems, STACK_FIX, balancer.urn);
    });
  },
});

/** The ports of each Classic Load Balancer that have a TLS policy; "any" for an unknown port. */
function negotiatedPorts(stack: Stack): Map<StackSubject, Set<number | "any">> {
  const balancersOf = stack.to(CLASSIC_LOAD_BALANCER, ["id", "name"]);
  const told = new Map<StackSubject, Set<number | "any">>();
  const note = (resource: StackSubject, balancer: string, port: string): void => {
    const reading = read(resource.props, [port]);
    const number = reading.kind === "known" ? integer(reading.value) : undefined;
    for (const found of balancersOf(resource, balancer)) {
      told.set(found, (told.get(found) ?? new Set()).add(number ?? "any"));
    }
  };
  for (const policy of stack.ofTypes(CLASSIC_NEGOTIATION)) note(policy, "loadBalancer", "lbPort");
  const negotiates = negotiating(stack);
  for (const policy of stack.ofTypes(CLASSIC_LISTENER_POLICY)) {
    if (negotiates(policy)) note(policy, "loadBalancerName", "loadBalancerPort");
  }
  return told;
}

/** Finds out whether a listener's policies include a TLS policy: there are other kinds, such as stickiness. */
function negotiating(stack: Stack): (listenerPolicy: StackSubject) => boolean {
  const policiesOf = stack.to(CLASSIC_POLICY, ["policyName"]);
  const isNegotiation = (policy: Subject): boolean => {
    const type = read(policy.props, ["policyTypeName"]);
    return type.kind === "known" && type.value === "SSLNegotiationPolicyType";
  };
  return (listenerPolicy) => {
    const list = readList(listenerPolicy.props, ["policyNames"]);
    return (isList(list) ? list : [list]).some((name) => {
      if (name.kind === "known" && name.value === PREDEFINED) return true;
      const asked =
        name.kind === "known" ? { ...listenerPolicy, props: { policyNames: name.value } } : listenerPolicy;
      return policiesOf(asked, "policyNames").some(isNegotiation);
    });
  };
}

/** The attributes must name a predefined policy. AWS refuses further attributes with it. */
function attributeProblems(policy: Subject, property: string): (string | undefined)[] {
  const attributes = readList(policy.props, [property]);
  const named = (isList(attributes) ? attributes : []).filter(
    (attribute) => valueOf(attribute, "name") === "Reference-Security-Policy",
  );
  if (named.length === 0)
    return [`${property} name no Reference-Security-Policy; they must hold ${ATTRIBUTE}`];
  return named.map((attribute) =>
    problem(
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
