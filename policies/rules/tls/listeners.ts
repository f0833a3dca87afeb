import { oncePerObject } from "../../once";
import { balancersOf, forwardsOf, passesTls, saysInternal, type Balancer } from "../../balancers";
import { advice, describe, problem, resourceRule, stackRule, violations } from "../../rule";
import type { Expectation, StackSubject, Subject, Violation } from "../../rule";
import { read, upperCase } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LISTENER, LISTENER_RULE, LOAD_BALANCER } from "../../resources";
import { booleanSetting } from "../../settings";
import { created, given, isOfOtherStack, mayDiffer, shownSoFar } from "../../stack";
import type { Stack } from "../../stack";
import { CERTIFICATE, judgeClassic, PROTOCOL_NAMES } from "./classic-listeners";
import { type ActionProblems, eachAction, httpAction, tlsAction } from "./redirects";
import { POST_QUANTUM_POLICIES, SSL_POLICIES, TLS_1_2_POLICIES } from "./ssl-policies";

const POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";
const REDIRECT = '{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }';
const RULE_FIX = `attach the rule to the HTTPS listener, or write actions: [${REDIRECT}]`;
const REDIRECT_FIX = `protocol: "HTTP", defaultActions: [${REDIRECT}], together with an HTTPS listener on port 443`;
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

const ADVISES = "internal load balancers, temporary redirects, fixed responses that reject visitors";

const SETTINGS = {
  postQuantumOnly: booleanSetting(
    false,
    "Whether listeners must use a post-quantum security policy, so that traffic recorded today stays secret.",
  ),
};

/** Protocols that a load balancer passes on unchanged: only the stack shows where to. */
const PASSED_ON = /^(TCP|UDP|TCP_UDP|QUIC|TCP_QUIC|GENEVE)$/;

/** The assumed load balancer of a listener while the run has shown only public Application Load Balancers. */
const PUBLIC: Balancer = { found: [], kind: undefined, isInternal: false };

/** The listeners that the resource rule has judged in the current run, and that the stack rule skips. */
const judged = new Set<string>();

/**
 * Classic Load Balancers, and listeners by their own inputs, before they are created. A listener comes after its load
 * balancer, so it is judged here only if every load balancer shown so far is a public Application Load Balancer.
 */
export const tlsListeners = resourceRule({
  id: "tls-listeners",
  area: "tls",
  title: "Load balancers serve TLS only",
  severity: "high",
  level: "resource",
  description:
    "Public load balancers serve only TLS 1.2 or newer; plain HTTP may only redirect to HTTPS. " +
    "Attackers on the network path can read and change what is sent in clear text or with older versions of TLS.",
  advises: `${ADVISES}, and policies of TLS 1.2 with older ciphers`,
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
    const found = judgeListener(resource, at, PUBLIC, postQuantumOnly);
    if (found.length > 0 || !mayDiffer(resource)) judged.add(resource.urn);
    return found;
  },
});

/** Computed once for each load balancer, because every listener asks about all load balancers shown so far. */
const isPublicOfHttp = oncePerObject((balancer: Pick<Subject, "props">): boolean => {
  const kind = read(balancer.props, ["loadBalancerType"]);
  return (
    !saysInternal(balancer) &&
    (kind.kind === "absent" || (kind.kind === "known" && kind.value === "application"))
  );
});

/**
 * The other listeners with their load balancers, and listener rules. Only the stack shows the protocol of a listener
 * that does not set one, whether it is public, and which listener a rule belongs to.
 */
export const tlsListenersStack = stackRule({
  id: "tls-listeners-stack",
  area: "tls",
  title: "Load balancers and their rules serve TLS only",
  severity: "high",
  level: "stack",
  description:
    "Public load balancers serve only TLS 1.2 or newer, also by listener rules and pass-through protocols; plain HTTP may only redirect to HTTPS. " +
    "A listener rule takes precedence over the listener's own redirect, so a rule that forwards serves visitors in clear text.",
  advises: `${ADVISES}, and policies of TLS 1.2 with older ciphers`,
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
        const judgeBy = (readIt: typeof given): Violation[] => {
          const at = (property: string): Reading => readIt(listener, property);
          if (passesTls(protocolOf(at, balancer) ?? "", forwards(listener))) return [];
          return judgeListener(listener, at, balancer, postQuantumOnly);
        };
        const found = judgeBy(given);
        return found.length === 0 && mayDiffer(listener) ? judgeBy(created) : found;
      }),
      ...rules.flatMap((rule) => judgeRule(stack, rule, known)),
    ];
  },
});

/** Judges a listener by the properties that `at` reads. */
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
 * The protocol of a listener. For an Application Load Balancer, the provider's default is HTTP. A listener without
 * protocol and port can only belong to a Gateway Load Balancer, which takes packets of any protocol.
 *
 * @returns "none" for a listener of a Gateway Load Balancer; undefined if the protocol is not known
 */
function protocolOf(at: (property: string) => Reading, { kind }: Balancer): string | undefined {
  const protocol = at("protocol");
  if (protocol.kind !== "absent") return upperCase(protocol);
  if (kind === undefined && at("port").kind === "absent") return "none";
  return kind === "network" ? undefined : "HTTP";
}

/** Clear text is a violation on a public load balancer, and advice on an internal one. */
function inClear(
  { isInternal, openedBy }: Pick<Balancer, "isInternal" | "openedBy">,
  problems: readonly (string | undefined)[],
  fix: string,
  urn: string,
): Violation[] {
  const found = problems.filter((text) => text !== undefined);
  const why =
    found.length > 0 && openedBy !== undefined
      ? [`The load balancer is declared internal, but ${openedBy} makes it public`]
      : [];
  return (isInternal ? advice : violations)([...found, ...why], fix, urn);
}

function protocolProblem(protocol: Reading, { kind, isInternal }: Balancer): string {
  const words = kind === "network" ? '"TLS"' : kind === "application" ? '"HTTPS"' : '"HTTPS" or "TLS"';
  const why = [
    ...(protocol.kind === "known"
      ? [
          "Other protocols accept clear text or don't show whether they do; TCP is allowed if the health check of the targets " +
            'has the protocol "HTTPS" on the traffic port, or if the target is an Application Load Balancer',
        ]
      : []),
    ...(isInternal ? ["The load balancer is internal"] : []),
  ];
  const allowed = `a literal: ${words}${kind === "network" ? "" : ', or "HTTP" with only a redirect to HTTPS'}`;
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
  balancer: Pick<Balancer, "isInternal" | "openedBy">,
  where = "",
): Violation[] {
  const at = (problems: readonly (string | undefined)[]): (string | undefined)[] =>
    problems.map((text) => (text === undefined ? undefined : where + text));
  return judged.flatMap((action) => [
    ...inClear(balancer, at(action.problems), fix, resource.urn),
    ...advice(at(action.advice), fix, resource.urn),
  ]);
}

/** A rule takes precedence over its listener's redirect, so on an HTTP listener it must also be a redirect. */
function judgeRule(
  stack: Stack,
  rule: StackSubject,
  balancers: ReadonlyMap<StackSubject, Balancer>,
): Violation[] {
  const found = stack.to(LISTENER)(rule, "listenerArn");
  // While its ARN is unknown, a listener that the program looks up or reads again matches no listener of the program.
  const isLost =
    found.length === 0 &&
    read(rule.props, ["listenerArn"]).kind === "unknown" &&
    !isOfOtherStack(rule, "listenerArn");
  const plain = (isLost ? stack.ofTypes(LISTENER) : found).filter(
    (listener) =>
      !servesTls(listener) && !["gateway", "network"].includes(balancers.get(listener)?.kind ?? ""),
  );
  const own = found.map((listener) => balancers.get(listener)!);
  const openedBy = own.flatMap((balancer) => balancer.openedBy ?? [])[0];
  const balancer = {
    isInternal: own.length > 0 && own.every(({ isInternal }) => isInternal),
    ...(openedBy === undefined ? {} : { openedBy }),
  };
  if (plain.length === 0) {
    return actionViolations(rule, eachAction(rule, "actions", tlsAction), ACTION_FIX, balancer);
  }
  const names = plain.map(({ name }) => `"${name}"`).join(", ");
  const where = isLost
    ? `listenerArn names no listener of this program, but may be the ARN of ${names}, which is not HTTPS: `
    : `On listener ${names}, which is not HTTPS: `;
  return actionViolations(rule, eachAction(rule, "actions", httpAction), RULE_FIX, balancer, where);
}
