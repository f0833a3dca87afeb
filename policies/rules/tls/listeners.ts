import { oncePerObject } from "../../once";
import { balancersOf, forwardsOf, passesTls, saysInternal, type Balancer } from "../../balancers";
import { advice, describe, problem, resourceRule, stackRule, violations } from "../../rule";
import type { Expectation, StackSubject, Subject, Violation } from "../../rule";
import { read, upperCase } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LISTENER, LISTENER_RULE, LOAD_BALANCER } from "../../resources";
import { booleanSetting } from "../../settings";
import { given, isOfOtherStack, shownSoFar } from "../../stack";
import type { Stack } from "../../stack";
import { CERTIFICATE, judgeClassic, PROTOCOL_NAMES } from "./classic-listeners";
import { type ActionProblems, eachAction, httpAction, tlsAction } from "./redirects";
import { POST_QUANTUM_POLICIES, SSL_POLICIES, TLS_1_2_POLICIES } from "./ssl-policies";

const POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";
const REDIRECT = '{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }';
const RULE_FIX = `attach the rule to the HTTPS listener, or write actions: [${REDIRECT}]`;
const REDIRECT_FIX = `protocol: "HTTP", defaultActions: [${REDIRECT}], beside a listener of HTTPS on port 443`;
const ACTION_FIX =
  'write the actions as literals, such as { type: "forward", targetGroupArn: targetGroup.arn }, ' +
  'and redirect to protocol: "HTTPS" only';
const tlsFix = (kind: string | undefined): string => {
  const protocol =
    kind === "network"
      ? '"TLS"'
      : kind === "application"
        ? '"HTTPS"'
        : '"HTTPS" (Network Load Balancer: "TLS")';
  return `protocol: ${protocol}, certificateArn: validation.certificateArn, sslPolicy: "${POLICY}"`;
};

const sslPolicy = (names: readonly string[], endings: string): Expectation => ({
  accepts: (value) => typeof value === "string" && names.includes(value),
  allowed: `ELBSecurityPolicy-TLS13-1-3-… or ELBSecurityPolicy-TLS13-1-2-Res-… ending in ${endings}`,
  vocabulary: /^ELBSecurityPolicy-[\w-]{1,60}$/,
  absentMeans: "ELBSecurityPolicy-2016-08 with TLS 1.0",
});
const STRONG = sslPolicy(SSL_POLICIES, "2021-06, FIPS-2023-04, PQ-2025-09 or FIPS-PQ-2025-09");
const POST_QUANTUM = sslPolicy(POST_QUANTUM_POLICIES, "PQ-2025-09 or FIPS-PQ-2025-09");

const REFERENCES = ["ELB.1", "ELB.3", "ELB.17", "ELB.18"].map((label) => ({
  label,
  url: `https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#${label.toLowerCase().replace(".", "-")}`,
}));

const ADVISES =
  "load balancers that nobody outside the network reaches, temporary redirects, answers that only turn visitors away";

const SETTINGS = {
  postQuantumOnly: booleanSetting(
    false,
    "Whether listeners have to use a post-quantum security policy, so that what is recorded today stays secret.",
  ),
};

/** Protocols of what is passed on as it is: only the stack shows to whom. */
const PASSED_ON = /^(TCP|UDP|TCP_UDP|QUIC|TCP_QUIC|GENEVE)$/;

/** The load balancer of a listener while only public ones of HTTP have been shown. */
const PUBLIC: Balancer = { found: [], kind: undefined, isInternal: false };

/** What this rule has judged in the run under way, and the other leaves alone. */
const judged = new Set<string>();

/**
 * Listeners by their own inputs, before they are created, as long as every load balancer that the program has made by
 * then is a public one of HTTP: a listener comes after its load balancer. And Classic Load Balancers.
 */
export const tlsListeners = resourceRule({
  id: "tls-listeners",
  area: "tls",
  title: "Load balancers serve TLS only",
  severity: "high",
  level: "resource",
  description:
    "Public load balancers serve TLS 1.2 or newer only; plain HTTP may do nothing but redirect to HTTPS. " +
    "In clear text and by older versions, others on the way can read and change what visitors send.",
  advises: `${ADVISES}, and of policies of TLS 1.2 with older ciphers`,
  remedy: `Serve: { ${tlsFix(undefined)} }. Redirect: { ${REDIRECT_FIX} }.`,
  references: REFERENCES,
  settings: SETTINGS,
  strict: { postQuantumOnly: true },
  types: [...LISTENER, ...CLASSIC_LOAD_BALANCER],
  judge(resource, { postQuantumOnly }) {
    if (isOf(CLASSIC_LOAD_BALANCER, resource)) return judgeClassic(resource);
    judged.delete(resource.urn);
    const at = (property: string): Reading => read(resource.props, [property]);
    const protocol = protocolOf(at, PUBLIC);
    const isPlain = shownSoFar(LOAD_BALANCER).every(isPublicOfHttp);
    if (!isPlain || protocol === "none" || PASSED_ON.test(protocol ?? "")) return [];
    judged.add(resource.urn);
    return judgeListener(resource, at, PUBLIC, postQuantumOnly);
  },
});

/** Once for each load balancer: every listener asks it of all that the run has shown. */
const isPublicOfHttp = oncePerObject((balancer: Pick<Subject, "props">): boolean => {
  const kind = read(balancer.props, ["loadBalancerType"]);
  return (
    !saysInternal(balancer) &&
    (kind.kind === "absent" || (kind.kind === "known" && kind.value === "application"))
  );
});

/**
 * The other listeners, with the load balancers they belong to, and listener rules: only the stack shows what a listener
 * without a protocol speaks, who reaches it, and which listener a rule outranks.
 */
export const tlsListenersStack = stackRule({
  id: "tls-listeners-stack",
  area: "tls",
  title: "Load balancers serve TLS only, all told",
  severity: "high",
  level: "stack",
  description:
    "Public load balancers serve TLS 1.2 or newer only, in rules and by what they lead to as well; plain HTTP may do nothing but redirect to HTTPS. " +
    "A rule comes before the listener's own redirect, so one that forwards serves visitors in clear text.",
  advises: `${ADVISES}, and of policies of TLS 1.2 with older ciphers`,
  remedy: `Serve: { ${tlsFix(undefined)} }. In a rule, ${RULE_FIX}.`,
  references: REFERENCES,
  settings: SETTINGS,
  strict: { postQuantumOnly: true },
  judge(stack, { postQuantumOnly }) {
    const listeners = stack.ofTypes(LISTENER);
    const rules = stack.ofTypes(LISTENER_RULE);
    if (listeners.length + rules.length === 0) return [];
    const balancerOf = balancersOf(stack);
    const forwards = forwardsOf(stack);
    const known = new Map(listeners.map((listener) => [listener, balancerOf(listener)]));
    return [
      ...listeners.flatMap((listener) => {
        const balancer = known.get(listener)!;
        if (judged.has(listener.urn) || balancer.kind === "gateway") return [];
        const at = (property: string): Reading => given(listener, property);
        if (passesTls(protocolOf(at, balancer) ?? "", forwards(listener))) return [];
        return judgeListener(listener, at, balancer, postQuantumOnly);
      }),
      ...rules.flatMap((rule) => judgeRule(stack, rule, known)),
    ];
  },
});

/** Judges a listener, whose properties `at` reads. */
function judgeListener(
  listener: Subject,
  at: (property: string) => Reading,
  balancer: Balancer,
  postQuantumOnly: boolean,
): Violation[] {
  const protocol = protocolOf(at, balancer);
  if (protocol === "none") return [];
  if (protocol === "HTTPS" || protocol === "TLS") return judgeTls(listener, at, balancer, postQuantumOnly);
  if (protocol === "HTTP") {
    return actionViolations(
      listener,
      eachAction(listener, "defaultActions", httpAction),
      REDIRECT_FIX,
      balancer,
    );
  }
  return inClear(balancer, [protocolProblem(at("protocol"), balancer)], tlsFix(balancer.kind), listener.urn);
}

function servesTls(listener: StackSubject): boolean {
  const protocol = upperCase(read(listener.props, ["protocol"]));
  return protocol === "HTTPS" || protocol === "TLS";
}

/**
 * What a listener speaks. Left out, the provider takes HTTP for an Application Load Balancer; one that has neither
 * protocol nor port can only be a Gateway Load Balancer's, which takes packets as they are.
 *
 * @returns "none" for such a one; undefined if it is not known
 */
function protocolOf(at: (property: string) => Reading, { kind }: Balancer): string | undefined {
  const protocol = at("protocol");
  if (protocol.kind !== "absent") return upperCase(protocol);
  if (kind === undefined && at("port").kind === "absent") return "none";
  return kind === "network" ? undefined : "HTTP";
}

/** What serves in clear text is refused where the world reaches it, and advised against elsewhere. */
function inClear(
  { isInternal }: Pick<Balancer, "isInternal">,
  problems: readonly (string | undefined)[],
  fix: string,
  urn: string,
): Violation[] {
  return (isInternal ? advice : violations)(problems, fix, urn);
}

function protocolProblem(protocol: Reading, { kind, isInternal }: Balancer): string {
  const words = kind === "network" ? '"TLS"' : kind === "application" ? '"HTTPS"' : '"HTTPS" or "TLS"';
  const why = [
    ...(protocol.kind === "known"
      ? [
          "Other protocols take plain text, or hide whether they do: TCP will do where the health check of the targets " +
            'is of protocol "HTTPS", on the port of the traffic, or the target is an Application Load Balancer',
        ]
      : []),
    ...(isInternal ? ["The load balancer is internal"] : []),
  ];
  const allowed = `a literal: ${words}${kind === "network" ? "" : ', or "HTTP" with nothing but a redirect to HTTPS'}`;
  return [`protocol ${describe(protocol, PROTOCOL_NAMES)}; it must be ${allowed}`, ...why].join(". ");
}

function judgeTls(
  listener: Subject,
  at: (property: string) => Reading,
  balancer: Balancer,
  postQuantumOnly: boolean,
): Violation[] {
  const certificate = at("certificateArn");
  const policy = at("sslPolicy");
  const isNew =
    policy.kind === "known" && TLS_1_2_POLICIES.includes(String(policy.value)) && !postQuantumOnly;
  const weak = problem("sslPolicy", policy, postQuantumOnly ? POST_QUANTUM : STRONG);
  const missing =
    certificate.kind === "unknown" ? undefined : problem("certificateArn", certificate, CERTIFICATE);
  const fix = tlsFix(balancer.kind);
  const isAdvice = isNew || balancer.isInternal;
  return [
    ...violations(isAdvice ? [missing] : [missing, weak], fix, listener.urn),
    ...(isAdvice ? advice([weak], fix, listener.urn) : []),
    ...actionViolations(listener, eachAction(listener, "defaultActions", tlsAction), ACTION_FIX, balancer),
  ];
}

function actionViolations(
  resource: Subject,
  judged: readonly ActionProblems[],
  fix: string,
  balancer: Pick<Balancer, "isInternal">,
  where = "",
): Violation[] {
  const at = (problems: readonly (string | undefined)[]): (string | undefined)[] =>
    problems.map((text) => (text === undefined ? undefined : where + text));
  return judged.flatMap((action) => [
    ...inClear(balancer, at(action.problems), fix, resource.urn),
    ...advice(at(action.advice), fix, resource.urn),
  ]);
}

/** A rule comes before the redirect of the listener it is on: on one of HTTP, it must be a redirect itself. */
function judgeRule(
  stack: Stack,
  rule: StackSubject,
  balancers: ReadonlyMap<StackSubject, Balancer>,
): Violation[] {
  const found = stack.to(LISTENER)(rule, "listenerArn");
  // Looked up or fetched again, a listener of this very program leads nowhere while its ARN is unknown.
  const isLost =
    found.length === 0 &&
    read(rule.props, ["listenerArn"]).kind === "unknown" &&
    !isOfOtherStack(rule, "listenerArn");
  const plain = (isLost ? stack.ofTypes(LISTENER) : found).filter(
    (listener) =>
      !servesTls(listener) && !["gateway", "network"].includes(balancers.get(listener)?.kind ?? ""),
  );
  const isInternal = found.length > 0 && found.every((listener) => balancers.get(listener)!.isInternal);
  if (plain.length === 0) {
    return actionViolations(rule, eachAction(rule, "actions", tlsAction), ACTION_FIX, { isInternal });
  }
  const names = plain.map(({ name }) => `"${name}"`).join(", ");
  const where = isLost
    ? `listenerArn leads to no listener of this program, and may be that of ${names}, which is not HTTPS: `
    : `On listener ${names}, which is not HTTPS: `;
  return actionViolations(rule, eachAction(rule, "actions", httpAction), RULE_FIX, { isInternal }, where);
}
