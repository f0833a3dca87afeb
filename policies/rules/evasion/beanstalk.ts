import { parseCidr } from "../../cidr";
import { isList, read, readList, upperCase } from "../../read";
import type { Reading } from "../../read";
import { BEANSTALK, isOf } from "../../resources";
import { advice, describe, problem, violations } from "../../rule";
import type { Expectation, Subject, Violation } from "../../rule";
import { isTheWorld } from "../exposure/cidr";
import { codesAreWithin } from "../health/health-checks";
import { SSL_POLICIES, TLS_1_2_POLICIES } from "../tls/ssl-policies";

/** The widest CIDR prefixes that do not count as the world: the defaults of the rule world-ingress. */
const WIDEST = { ipv4: 8, ipv6: 16 };

const ENVIRONMENT = "aws:elasticbeanstalk:environment";
const LAUNCH = "aws:autoscaling:launchconfiguration";
const CLASSIC_POLICY = "ELBSecurityPolicy-TLS-1-2-2017-01";

/** Options in the form that a program declares them. */
const written = (...options: (readonly [namespace: string, name: string, value: string])[]): string =>
  `settings: [${options
    .map(([namespace, name, value]) => `{ namespace: "${namespace}", name: "${name}", value: ${value} }`)
    .join(", ")}]`;

const INSTANCE_FIX = written(
  [LAUNCH, "SSHSourceRestriction", '"tcp, 22, 22, 203.0.113.0/24"'],
  ["aws:ec2:vpc", "AssociatePublicIpAddress", '"false"'],
);
const LISTENER_FIX = written(
  [ENVIRONMENT, "LoadBalancerType", '"application"'],
  ["aws:elbv2:listener:default", "ListenerEnabled", '"false"'],
  ["aws:elbv2:listener:443", "Protocol", '"HTTPS"'],
  ["aws:elbv2:listener:443", "SSLCertificateArns", "validation.certificateArn"],
  ["aws:elbv2:listener:443", "SSLPolicy", '"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"'],
);
const CLASSIC_FIX = written(
  ["aws:elb:listener", "ListenerEnabled", '"false"'],
  ["aws:elb:listener:443", "ListenerProtocol", '"HTTPS"'],
  ["aws:elb:listener:443", "SSLCertificateId", "validation.certificateArn"],
  ["aws:elb:policies:tls", "SSLReferencePolicy", `"${CLASSIC_POLICY}"`],
  ["aws:elb:policies:tls", "LoadBalancerPorts", '"443"'],
);
const CHECK_FIX = written([`${ENVIRONMENT}:process:default`, "MatcherHTTPCode", '"200"']);

const CERTIFICATE: Expectation = {
  accepts: (value) => typeof value === "string" && value !== "",
  allowed: "the ARN of a certificate",
};

const POLICY: Expectation = {
  accepts: (value) => SSL_POLICIES.includes(String(value)),
  allowed: "ELBSecurityPolicy-TLS13-1-3-… or ELBSecurityPolicy-TLS13-1-2-Res-…",
  vocabulary: /^ELBSecurityPolicy-[\w-]{1,60}$/,
  absentMeans: "ELBSecurityPolicy-2016-08 with TLS 1.0",
};

const CLASSIC: Expectation = {
  ...POLICY,
  accepts: (value) => value === CLASSIC_POLICY,
  allowed: `"${CLASSIC_POLICY}"`,
};

interface Option {
  readonly namespace: string;
  readonly name: string;
  readonly value: Reading;
}

/** Reads one option; absent if it is not set. */
type Options = (namespace: string, name: string) => Reading;

/**
 * Judges the options of an Elastic Beanstalk environment or configuration template: its load balancer must serve TLS
 * only, and the world must not reach its instances.
 *
 * Source: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
export function judgeBeanstalk(resource: Subject): Violation[] {
  const list = readList(resource.props, ["settings"]);
  const isWeb = isOf(BEANSTALK, resource) && text(read(resource.props, ["tier"])) !== "Worker";
  const unread = isList(list)
    ? list.flatMap((one, index) => (one.kind === "unknown" ? [`settings[${index}]`] : []))
    : list.kind === "unknown"
      ? ["settings"]
      : [];
  if (isWeb && unread.length > 0) {
    const problems = unread.map((label) => `${label} is not known before deployment; it must be a literal`);
    return violations(problems, LISTENER_FIX);
  }
  const options = optionsIn(isList(list) ? list : []);
  const at: Options = (namespace, name) =>
    options.find((option) => option.namespace === namespace && option.name === name)?.value ?? {
      kind: "absent",
    };
  return [
    ...violations(instanceProblems(at), INSTANCE_FIX),
    ...violations(options.map(matcherProblem), CHECK_FIX),
    ...(isWeb ? judgeWeb(at, options) : judgeListeners(at, listenersIn(options), options)),
  ];
}

function optionsIn(list: readonly Reading[]): Option[] {
  return list.flatMap((option) => {
    const value = option.kind === "known" ? option.value : undefined;
    const word = (key: string): string => text(read(value, [key])) ?? "";
    return [{ namespace: word("namespace"), name: word("name"), value: read(value, ["value"]) }];
  });
}

function text(reading: Reading): string | undefined {
  return reading.kind === "known" ? String(reading.value) : undefined;
}

/** By default, a web environment has a load balancer with a listener on port 80. */
function judgeWeb(at: Options, options: readonly Option[]): Violation[] {
  const kind = at(ENVIRONMENT, "EnvironmentType");
  if (text(kind) === "SingleInstance") {
    const alone =
      'EnvironmentType is "SingleInstance", so the world reaches its instance by HTTP at an Elastic IP address; ' +
      'it must be "LoadBalanced"';
    return violations([alone], LISTENER_FIX);
  }
  const type = at(ENVIRONMENT, "LoadBalancerType");
  const unread = [
    kind.kind === "unknown" ? `EnvironmentType ${describe(kind)}; it must be a literal` : undefined,
    type.kind === "unknown" ? `LoadBalancerType ${describe(type)}; it must be a literal` : undefined,
  ];
  const isClassic = type.kind === "absent" || text(type) === "classic";
  const generation = isClassic ? /^aws:elb:/ : /^aws:elbv2:/;
  const first = isClassic ? "aws:elb:listener" : "aws:elbv2:listener:default";
  const listeners = new Set([first, ...listenersIn(options).filter((one) => generation.test(one))]);
  return [...violations(unread, LISTENER_FIX), ...judgeListeners(at, [...listeners], options)];
}

function listenersIn(options: readonly Option[]): string[] {
  const namespaces = options.map(({ namespace }) => namespace);
  return [...new Set(namespaces)].filter((one) => /^aws:elb(v2)?:listener(:default|:\d{1,5})?$/.test(one));
}

/** Clear text is a violation on a public load balancer, and advice on an internal one. */
function judgeListeners(at: Options, listeners: readonly string[], options: readonly Option[]): Violation[] {
  const report = text(at("aws:ec2:vpc", "ELBScheme")) === "internal" ? advice : violations;
  return listeners.flatMap((namespace) => {
    const isOff =
      text(at(namespace, "ListenerEnabled"))?.toLowerCase() === "false" ||
      (namespace === "aws:elb:listener" &&
        text(at("aws:elb:loadbalancer", "LoadBalancerHTTPPort")) === "OFF");
    if (isOff) return [];
    return namespace.startsWith("aws:elb:")
      ? report(classicProblems(at, namespace, options), CLASSIC_FIX)
      : judgeListener(at, namespace, report);
  });
}

const protocol = (names: readonly string[]): Expectation => ({
  accepts: (value) => names.includes(upperCase({ kind: "known", value }) ?? ""),
  allowed: `${names.map((name) => `"${name}"`).join(" or ")}, or ListenerEnabled must be "false", as this listener can't redirect`,
  vocabulary: /^(HTTPS?|TCP|SSL|TLS|UDP)$/i,
  absentMeans: '"HTTP"',
});

function judgeListener(at: Options, namespace: string, report: typeof violations): Violation[] {
  const spoken = problem(`${namespace} Protocol`, at(namespace, "Protocol"), protocol(["HTTPS"]));
  if (spoken !== undefined) return report([spoken], LISTENER_FIX);
  const policy = at(namespace, "SSLPolicy");
  const weak = problem(`${namespace} SSLPolicy`, policy, POLICY);
  return [
    ...report([certificateProblem(at, namespace, "SSLCertificateArns")], LISTENER_FIX),
    ...(TLS_1_2_POLICIES.includes(text(policy) ?? "") ? advice : report)([weak], LISTENER_FIX),
  ];
}

function certificateProblem(at: Options, namespace: string, name: string): string | undefined {
  const certificate = at(namespace, name);
  return certificate.kind === "unknown"
    ? undefined
    : problem(`${namespace} ${name}`, certificate, CERTIFICATE);
}

function classicProblems(at: Options, namespace: string, options: readonly Option[]): (string | undefined)[] {
  const spoken = problem(
    `${namespace} ListenerProtocol`,
    at(namespace, "ListenerProtocol"),
    protocol(["HTTPS", "SSL"]),
  );
  if (spoken !== undefined) return [spoken];
  const policy = options.find((one) => one.name === "SSLReferencePolicy" && isOfListener(at, one, namespace));
  return [
    certificateProblem(at, namespace, "SSLCertificateId"),
    problem(`SSLReferencePolicy of ${namespace}`, policy?.value ?? { kind: "absent" }, CLASSIC),
  ];
}

/** Whether a policy applies to a listener: the policy names the listener's port, or the listener names the policy. */
function isOfListener(at: Options, policy: Option, listener: string): boolean {
  const words = (reading: Reading): string[] => (text(reading) ?? "").split(",").map((one) => one.trim());
  const port = listener.split(":")[3] ?? "80";
  return (
    words(at(policy.namespace, "LoadBalancerPorts")).some((one) => one === port || one === ":all") ||
    words(at(listener, "PolicyNames")).includes(policy.namespace.split(":")[3] ?? "")
  );
}

/** Codes that count as healthy must not include errors. */
function matcherProblem({ name, value }: Option): string | undefined {
  if (name !== "MatcherHTTPCode") return undefined;
  return problem(name, value, {
    accepts: (codes) => codesAreWithin(String(codes), 200, 399),
    allowed: 'literal codes from 200 to 399, such as "200"',
    vocabulary: /^[\d,-]{1,64}$/,
  });
}

function instanceProblems(at: Options): (string | undefined)[] {
  const key = at(LAUNCH, "EC2KeyName");
  const source = at(LAUNCH, "SSHSourceRestriction");
  const address = at("aws:ec2:vpc", "AssociatePublicIpAddress");
  const groups = at(LAUNCH, "SecurityGroups");
  const isPublic =
    address.kind === "unknown" || (address.kind === "known" && String(address.value) !== "false");
  return [
    (key.kind !== "absent" || source.kind !== "absent") && isWorld(source)
      ? "settings lets the world in on tcp 22, as SSHSourceRestriction does not limit who may connect; it must"
      : undefined,
    isPublic && groups.kind !== "absent"
      ? "settings gives instances a public address in security groups whose ingress is not judged together with it; it must not"
      : undefined,
  ];
}

/** The source is `tcp, 22, 22, CIDR` or names a security group; without one, everybody may connect. */
function isWorld(source: Reading): boolean {
  if (source.kind !== "known") return true;
  const from = String(source.value).split(",").at(-1)!.trim();
  const range = parseCidr(from);
  return range === undefined ? !/^sg-[0-9a-f]+$/.test(from) : isTheWorld([range], WIDEST);
}
