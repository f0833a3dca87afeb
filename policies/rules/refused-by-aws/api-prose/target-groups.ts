import { read, upperCase } from "../../../read";
import type { Reading } from "../../../read";
import { TARGET_GROUP } from "../../../resources";
import { describe } from "../../../rule";
import { between, oneOf, refusal, text, wholeNumber } from "../known";
import type { Line } from "./line";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";

/**
 * The values in AWS's spelling. AWS does not accept the camel-case forms in the comments of the SDK's typings.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
const ALGORITHM = oneOf(
  ["round_robin", "least_outstanding_requests", "weighted_random"],
  ["roundRobin", "leastOutstandingRequests", "weightedRandom"],
);
const ANOMALY_MITIGATION = oneOf(["on", "off"], ["true", "false"]);
const CROSS_ZONE = oneOf(
  ["true", "false", "use_load_balancer_configuration"],
  ["useLoadBalancerConfiguration"],
);
const PROTOCOL_VERSIONS = ["HTTP1", "HTTP2", "GRPC"];
const STICKINESS: Readonly<Record<"http" | "network" | "gateway", readonly string[]>> = {
  http: ["lb_cookie", "app_cookie"],
  network: ["source_ip"],
  gateway: ["source_ip_dest_ip", "source_ip_dest_ip_proto"],
};
const STICKINESS_CAMEL_CASE = ["lbCookie", "appCookie", "sourceIp", "sourceIpDestIp", "sourceIpDestIpProto"];
const COOKIE_NAME = {
  accepts: (value: unknown) => typeof value === "string" && value !== "" && !/^AWSALB(APP|TG)?/.test(value),
  allowed: "a name that does not begin with AWSALB, AWSALBAPP or AWSALBTG",
};

/** The attributes of a target group without its health check, which `target-group-health` judges. */
export const TARGET_GROUPS = {
  "target-group-attributes": {
    types: TARGET_GROUP,
    problems: attributeProblems,
    example: {
      loadBalancingAlgorithmType: "round_robin",
      slowStart: 30,
      deregistrationDelay: 30,
      stickiness: { type: "lb_cookie", cookieDuration: 86_400 },
    },
    source: `${API}/API_TargetGroupAttribute.html`,
  },
} satisfies Readonly<Record<string, Line>>;

/**
 * Target groups must use AWS's values and ranges, and only attributes that their protocol, targets and algorithm allow.
 */
function attributeProblems(props: unknown): (string | undefined)[] {
  const at = (property: string): [string, Reading] => [property, read(props, [property])];
  return [
    refusal(...at("port"), between(1, 65535)),
    refusal(...at("deregistrationDelay"), between(0, 3600)),
    refusal(...at("slowStart"), {
      ...between(30, 900),
      accepts: (value) => value === 0 || value === "0" || between(30, 900).accepts(value),
      allowed: "0, or a whole number from 30 to 900",
    }),
    refusal(...at("loadBalancingAlgorithmType"), ALGORITHM),
    refusal(...at("loadBalancingAnomalyMitigation"), ANOMALY_MITIGATION),
    refusal(...at("loadBalancingCrossZoneEnabled"), CROSS_ZONE),
    refusal(...at("protocolVersion"), {
      accepts: (value) => typeof value === "string" && PROTOCOL_VERSIONS.includes(value.toUpperCase()),
      allowed: PROTOCOL_VERSIONS.map((version) => `"${version}"`).join(", "),
      vocabulary: /^HTTP[\d./]*$/i,
    }),
    ...algorithmProblems(props),
    ...stickinessProblems(props),
    ...(text(read(props, ["targetType"])) === "lambda" ? [functionProblem(props)] : protocolProblems(props)),
  ];
}

/** Attributes that only some algorithms allow. */
function algorithmProblems(props: unknown): (string | undefined)[] {
  const algorithm = read(props, ["loadBalancingAlgorithmType"]);
  const name = algorithm.kind === "absent" ? "round_robin" : text(algorithm);
  if (name === undefined || !ALGORITHM.accepts(name)) return [];
  const slowStart = wholeNumber(read(props, ["slowStart"])) ?? 0;
  const mitigates = text(read(props, ["loadBalancingAnomalyMitigation"])) === "on";
  return [
    slowStart > 0 && name !== "round_robin"
      ? `slowStart is ${slowStart}, but loadBalancingAlgorithmType is "${name}"; AWS allows it only with "round_robin"`
      : undefined,
    mitigates && name !== "weighted_random"
      ? `loadBalancingAnomalyMitigation is "on", but loadBalancingAlgorithmType ${describe(algorithm, ALGORITHM.vocabulary)}; ` +
        'it must be "weighted_random"'
      : undefined,
  ];
}

/** Attributes that only Application Load Balancers support, and so only HTTP and HTTPS target groups. */
function protocolProblems(props: unknown): (string | undefined)[] {
  const protocol = upperCase(read(props, ["protocol"]));
  if (protocol === undefined || protocol === "HTTP" || protocol === "HTTPS") return [];
  const slowStart = wholeNumber(read(props, ["slowStart"])) ?? 0;
  const set = [
    ...(slowStart > 0 ? ["slowStart"] : []),
    ...given(props, ["loadBalancingAlgorithmType", "protocolVersion", "targetControlPort"]),
    ...(text(read(props, ["loadBalancingAnomalyMitigation"])) === "on"
      ? ["loadBalancingAnomalyMitigation"]
      : []),
  ];
  return set.map(
    (property) => `${property} is set; AWS allows it only for target groups of protocol HTTP or HTTPS`,
  );
}

/**
 * AWS cannot check a Lambda function by TCP. The provider omits other unsupported properties with a warning.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/pull/34488
 */
function functionProblem(props: unknown): string | undefined {
  return upperCase(read(props, ["healthCheck", "protocol"])) === "TCP"
    ? 'healthCheck.protocol is "TCP"; AWS cannot check a Lambda function by TCP'
    : undefined;
}

/** The properties that have a value, known or not. */
function given(props: unknown, properties: readonly string[]): string[] {
  return properties.filter((property) => read(props, [property]).kind === "known");
}

function stickinessProblems(props: unknown): (string | undefined)[] {
  const at = (field: string): [string, Reading] => [
    `stickiness.${field}`,
    read(props, ["stickiness", field]),
  ];
  const [, enabled] = at("enabled");
  const isOff = enabled.kind === "known" && (enabled.value === false || enabled.value === "false");
  const [, reading] = at("type");
  const type = text(reading);
  const known = oneOf(Object.values(STICKINESS).flat(), STICKINESS_CAMEL_CASE);
  if (isOff || type === undefined || !known.accepts(type)) return [refusal(...at("type"), known)];
  const kind = kindOf(props);
  const fits = kind === undefined ? known : oneOf(STICKINESS[kind], Object.values(STICKINESS).flat());
  if (!fits.accepts(type)) {
    return [`${refusal(...at("type"), fits)} for this protocol`];
  }
  if (!type.endsWith("_cookie")) return [];
  const [label, cookieName] = at("cookieName");
  return [
    refusal(...at("cookieDuration"), between(1, 604_800)),
    type === "app_cookie" && cookieName.kind === "absent"
      ? `${label} is not set; with "app_cookie" it must be ${COOKIE_NAME.allowed}`
      : undefined,
    type === "app_cookie" ? refusal(label, cookieName, COOKIE_NAME) : undefined,
  ];
}

/** The kind of load balancer of a target group, by its protocol; undefined if it is not known. */
function kindOf(props: unknown): keyof typeof STICKINESS | undefined {
  const protocol = upperCase(read(props, ["protocol"])) ?? "";
  if (["HTTP", "HTTPS"].includes(protocol)) return "http";
  if (["TCP", "UDP", "TCP_UDP"].includes(protocol)) return "network";
  return protocol === "GENEVE" ? "gateway" : undefined;
}
