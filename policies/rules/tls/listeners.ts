import { describe, fault, resourceRule, stackRule, violations } from "../../rule";
import type { Expectation, Subject, Violation } from "../../rule";
import { isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LISTENER, LISTENER_RULE } from "../../resources";
import { booleanSetting } from "../../settings";

/**
 * The security policies a TLS listener may use, compared as whole names: TLS 1.3, or TLS 1.2 with forward secrecy
 * and authenticated encryption only, each also in its FIPS and post-quantum forms. They are the parameter of
 * Security Hub control ELB.17 (https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17).
 */
export const SSL_POLICIES: readonly string[] = ["TLS13-1-3", "TLS13-1-2-Res"].flatMap((strength) =>
  ["2021-06", "FIPS-2023-04", "PQ-2025-09", "FIPS-PQ-2025-09"].map(
    (edition) => `ELBSecurityPolicy-${strength}-${edition}`,
  ),
);

/** Those of them that also agree on keys in a way that quantum computers will not undo. */
export const POST_QUANTUM_POLICIES: readonly string[] = SSL_POLICIES.filter((name) =>
  name.endsWith("PQ-2025-09"),
);

const PROTOCOL_NAMES = /^(HTTPS?|TLS|TCP|UDP|TCP_UDP|QUIC|TCP_QUIC|GENEVE|SSL)$/i;

const REDIRECT_FIX =
  'protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: ' +
  '{ protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }]';
const RULE_REDIRECT_FIX =
  'attach the rule to the HTTPS listener, or write actions: [{ type: "redirect", redirect: ' +
  '{ protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }]';
const TLS_FIX =
  'protocol: "HTTPS" (Network Load Balancer: "TLS"), certificateArn: validation.certificateArn, ' +
  'sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"';
const CLASSIC_FIX =
  "move to an Application Load Balancer, or write listeners: " +
  '[{ lbProtocol: "https", lbPort: 443, sslCertificateId: certificate.arn, … }]';

const exactly = (literal: string, vocabulary: RegExp): Expectation => ({
  accepts: (value) => value === literal,
  allowed: JSON.stringify(literal),
  vocabulary,
});

/** A reference has to be there, but may be unknown until its resource exists. */
const REFERENCE: Expectation = {
  accepts: (value) => typeof value === "string" && value !== "",
  allowed: "the ARN of a certificate",
};

const sslPolicy = (names: readonly string[], endings: string): Expectation => ({
  accepts: (value) => typeof value === "string" && names.includes(value),
  allowed: `ELBSecurityPolicy-TLS13-1-3-… or ELBSecurityPolicy-TLS13-1-2-Res-… ending in ${endings}`,
  vocabulary: /^ELBSecurityPolicy-[\w-]{1,60}$/,
  absentMeans: "ELBSecurityPolicy-2016-08 with TLS 1.0",
});
const SSL_POLICY = sslPolicy(SSL_POLICIES, "2021-06, FIPS-2023-04, PQ-2025-09 or FIPS-PQ-2025-09");
const POST_QUANTUM_POLICY = sslPolicy(POST_QUANTUM_POLICIES, "PQ-2025-09 or FIPS-PQ-2025-09");

const ACTION_TYPE_NAMES =
  /^(authenticate-cognito|authenticate-oidc|fixed-response|forward|jwt-validation|redirect)$/i;
const ACTION_TYPE: Expectation = {
  accepts: (value) => typeof value === "string" && value !== "",
  allowed: 'a literal, such as "forward"',
  vocabulary: ACTION_TYPE_NAMES,
};

/**
 * What a redirect from HTTP has to say. Only a permanent redirect will do: browsers remember it, so the next visit
 * starts with HTTPS, while a temporary one (HTTP_302) sends every visit over plain HTTP first. Protocol and port
 * left out mean the listener's own, which is a redirect from HTTP to HTTP.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
const REDIRECT_PINS: Readonly<Record<string, Expectation>> = {
  protocol: {
    ...exactly("HTTPS", /^(HTTPS?|#\{protocol\})$/i),
    absentMeans: "HTTP again",
  },
  port: {
    accepts: (value) => value === "443" || value === 443,
    allowed: '"443"',
    vocabulary: /^(\d{1,5}|#\{port\})$/,
    absentMeans: "the listener's own",
  },
  statusCode: exactly("HTTP_301", /^HTTP_\d{3}$/),
};

/** The parts of the address a redirect has to leave as they are; AWS's defaults, so leaving them out is fine. */
const REDIRECT_KEEPS: Readonly<Record<string, string>> = {
  host: "#{host}",
  path: "/#{path}",
  query: "#{query}",
};

/** Listeners, listener rules and Classic Load Balancers, judged by their own inputs. */
export const tlsListeners = resourceRule({
  id: "tls-listeners",
  area: "tls",
  title: "Load balancers serve TLS only",
  severity: "high",
  level: "resource",
  description:
    "Load balancers serve TLS only; plain HTTP may do nothing but redirect to HTTPS. " +
    "In clear text, others on the way can read and change what visitors send.",
  remedy: `Serve: { ${TLS_FIX} }. Redirect: { ${REDIRECT_FIX} }.`,
  references: [
    {
      label: "ELB.1",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
    },
    {
      label: "ELB.3",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-3",
    },
    {
      label: "ELB.17",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17",
    },
    {
      label: "ELB.18",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
    },
  ],
  settings: {
    postQuantumOnly: booleanSetting(
      false,
      "Whether listeners have to use a post-quantum security policy, so that what is recorded today stays secret.",
    ),
  },
  strict: { postQuantumOnly: true },
  types: [...LISTENER, ...LISTENER_RULE, ...CLASSIC_LOAD_BALANCER],
  judge(resource, { postQuantumOnly }) {
    if (isOf(LISTENER, resource)) {
      return judgeListener(resource, postQuantumOnly ? POST_QUANTUM_POLICY : SSL_POLICY);
    }
    if (isOf(LISTENER_RULE, resource)) return eachAction(resource, "actions", TLS_ACTION);
    return judgeClassic(resource);
  },
});

/**
 * Listener rules, judged with the listener they belong to: a rule's own inputs do not say whether that listener
 * speaks HTTP, and a rule of priority 1 outranks the listener's redirect.
 */
export const tlsListenerRules = stackRule({
  id: "tls-listeners-stack",
  area: "tls",
  title: "Rules on an HTTP listener only redirect",
  severity: "high",
  level: "stack",
  description:
    "Rules on a plain HTTP listener may do nothing but redirect to HTTPS. " +
    "They come before the listener's own redirect, so one that forwards serves visitors in clear text.",
  remedy: `In the rule, ${RULE_REDIRECT_FIX}.`,
  references: tlsListeners.references,
  judge(stack) {
    const listenersOf = stack.to(LISTENER, ["arn", "id"]);
    return stack.ofTypes(LISTENER_RULE).flatMap((rule) => {
      const found = listenersOf(rule, "listenerArn");
      // Looked up or fetched again, a listener of this very program leads nowhere while its ARN is unknown.
      const isLost = found.length === 0 && read(rule.props, ["listenerArn"]).kind === "unknown";
      const plain = (isLost ? stack.ofTypes(LISTENER) : found).filter((listener) => !servesTls(listener));
      if (plain.length === 0) return [];
      const names = plain.map(({ name }) => `"${name}"`).join(", ");
      const where = isLost
        ? `listenerArn leads to no listener of this program, and may be that of ${names}, which is not HTTPS: `
        : `On listener ${names}, which is not HTTPS: `;
      const action = { judge: redirectFaults, fix: RULE_REDIRECT_FIX };
      return eachAction(rule, "actions", action, where);
    });
  },
});

function servesTls(listener: Subject): boolean {
  const protocol = upperCase(read(listener.props, ["protocol"]));
  return protocol === "HTTPS" || protocol === "TLS";
}

function judgeListener(listener: Subject, policy: Expectation): Violation[] {
  if (servesTls(listener)) {
    const certificate = read(listener.props, ["certificateArn"]);
    const faults = [
      certificate.kind === "unknown" ? undefined : fault("certificateArn", certificate, REFERENCE),
      fault("sslPolicy", read(listener.props, ["sslPolicy"]), policy),
    ];
    return [...violations(faults, TLS_FIX), ...eachAction(listener, "defaultActions", TLS_ACTION)];
  }
  const protocol = read(listener.props, ["protocol"]);
  if (upperCase(protocol) === "HTTP") {
    return eachAction(listener, "defaultActions", { judge: redirectFaults, fix: REDIRECT_FIX });
  }
  const why = protocol.kind === "known" ? ". Other protocols take plain text, or hide whether they do" : "";
  const allowed = 'a literal: "HTTPS" or "TLS", or "HTTP" with nothing but a redirect to HTTPS';
  return violations([`protocol ${describe(protocol, PROTOCOL_NAMES)}; it must be ${allowed}${why}`], TLS_FIX);
}

/** How to judge one action of a listener or rule: its faults, and the code that mends them. */
interface ActionJudge {
  readonly judge: (action: unknown, label: string) => (string | undefined)[];
  readonly fix: string;
}

/** On a TLS listener, and on a rule whose listener is out of sight, an action may do all but lead back to HTTP. */
const TLS_ACTION: ActionJudge = {
  fix:
    'write the actions as literals, such as { type: "forward", targetGroupArn: targetGroup.arn }, ' +
    'and redirect to protocol: "HTTPS" only',
  judge(action, label) {
    const type = read(action, ["type"]);
    const typeFault = fault(`${label}.type`, type, ACTION_TYPE);
    if (type.kind !== "known" || type.value !== "redirect") return [typeFault];
    const protocol = read(action, ["redirect", "protocol"]);
    if (protocol.kind === "absent") return [];
    return [
      fault(`${label}.redirect.protocol`, protocol, {
        accepts: (value) => value === "HTTPS" || value === "#{protocol}",
        allowed: '"HTTPS"',
        vocabulary: /^HTTPS?$/i,
      }),
    ];
  },
};

/** Judges the actions of a listener or rule one by one, so that an unknown one masks none of the others. */
function eachAction(
  resource: Subject,
  property: string,
  { judge, fix }: ActionJudge,
  where = "",
): Violation[] {
  const report = (faults: (string | undefined)[]): Violation[] =>
    violations(
      faults.map((text) => (text === undefined ? undefined : where + text)),
      fix,
      resource.urn,
    );
  const actions = readList(resource.props, [property]);
  if (!isList(actions))
    return report([`${property} ${describe(actions)}; it must be a literal list of actions`]);
  if (actions.length === 0) return report([`${property} is an empty list; it must hold an action`]);
  return actions.flatMap((action, index) => {
    const label = `${property}[${index}]`;
    if (action.kind === "known") return report(judge(action.value, label));
    return report([`${label} ${describe(action)}; it must be a literal action`]);
  });
}

/** The faults of an action on an HTTP listener: it has to be a redirect to the same address with HTTPS. */
function redirectFaults(action: unknown, label: string): (string | undefined)[] {
  const type = read(action, ["type"]);
  const typeFault = fault(`${label}.type`, type, exactly("redirect", ACTION_TYPE_NAMES));
  if (typeFault !== undefined) return [typeFault];
  const redirect = read(action, ["redirect"]);
  if (redirect.kind !== "known" || typeof redirect.value !== "object") {
    return [`${label}.redirect ${describe(redirect)}; it must be a literal redirect to HTTPS`];
  }
  const at = (field: string): [string, Reading] => [
    `${label}.redirect.${field}`,
    read(redirect.value, [field]),
  ];
  const pins = Object.entries(REDIRECT_PINS).map(([field, expected]) => fault(...at(field), expected));
  const keeps = Object.entries(REDIRECT_KEEPS).map(([field, unchanged]) => {
    const [name, reading] = at(field);
    if (reading.kind === "absent") return undefined;
    const allowed = `left out, or ${JSON.stringify(unchanged)}`;
    return fault(name, reading, { accepts: (value) => value === unchanged, allowed });
  });
  return [...pins, ...keeps];
}

/** Classic Load Balancers cannot redirect, so each of their listeners has to serve TLS. */
function judgeClassic(loadBalancer: Subject): Violation[] {
  const listeners = readList(loadBalancer.props, ["listeners"]);
  if (!isList(listeners)) {
    return violations(
      [`listeners ${describe(listeners)}; it must be a literal list of listeners`],
      CLASSIC_FIX,
    );
  }
  return listeners.flatMap((listener, index) => {
    const label = `listeners[${index}]`;
    if (listener.kind !== "known") {
      return violations([`${label} ${describe(listener)}; it must be a literal listener`], CLASSIC_FIX);
    }
    const certificate = read(listener.value, ["sslCertificateId"]);
    const faults = [
      fault(`${label}.lbProtocol`, read(listener.value, ["lbProtocol"]), {
        accepts: (value) => typeof value === "string" && /^(https|ssl)$/i.test(value),
        allowed: '"https" or "ssl", as a Classic Load Balancer cannot redirect',
        vocabulary: PROTOCOL_NAMES,
      }),
      certificate.kind === "unknown" ? undefined : fault(`${label}.sslCertificateId`, certificate, REFERENCE),
    ];
    return violations(faults, CLASSIC_FIX);
  });
}
