import {
  DEFAULT_SECURITY_GROUP,
  INGRESS_RULE,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
} from "../../../resources";
import { read } from "../../../read";
import { readEach } from "../../../read-each";
import { scalar, wholeNumber } from "../known";
import { problemOf, form } from "./line";
import type { Line } from "./line";
import { EGRESS_RULE } from "./types";

const SOURCE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html";

const PROTOCOL = form(
  (name) => /^(tcp|udp|icmp|icmpv6|all|-1)$/i.test(name) || (/^\d{1,3}$/.test(name) && Number(name) <= 255),
  '"tcp", "udp", "icmp", "icmpv6", the number of a protocol, or "-1" for all',
);

const isPort = (port: number): boolean => port >= 0 && port <= 65_535;

/** Whether a rule's protocol has ports. */
function hasPorts(rule: unknown, property: string): boolean {
  const protocol = read(rule, [property]);
  return protocol.kind === "known" && /^(tcp|udp|6|17)$/i.test(scalar(protocol.value) ?? "");
}

/**
 * What is wrong with the protocol and ports of one rule; `world-ingress` judges its networks.
 *
 * @param label ends in a dot, unless it is empty
 * @param property the name of the rule's protocol property
 */
function ruleProblems(rule: unknown, label: string, property: string): (string | undefined)[] {
  const [from, to] = ["fromPort", "toPort"].map((port) => wholeNumber(read(rule, [port])));
  return [
    problemOf(`${label}${property}`, read(rule, [property]), PROTOCOL),
    hasPorts(rule, property) &&
    from !== undefined &&
    to !== undefined &&
    (from > to || !isPort(from) || !isPort(to))
      ? `${label}fromPort is ${from} and toPort is ${to}; AWS allows ports from 0 to 65535, with the lower one first`
      : undefined,
  ];
}

/** Rules of security groups: protocols and ports. */
export const GROUP_RULES = {
  "rules-in-a-group": {
    types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP],
    problems: (props) =>
      ["ingress.*", "egress.*"]
        .flatMap((path) => readEach(props, path))
        .flatMap(({ label, reading }) =>
          reading.kind === "known" ? ruleProblems(reading.value, `${label}.`, "protocol") : [],
        ),
    example: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }] },
    source: SOURCE,
  },
  "rule-of-a-group": {
    types: SECURITY_GROUP_RULE,
    problems: (props) => ruleProblems(props, "", "protocol"),
    example: { type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] },
    source: SOURCE,
  },
  "single-rule": {
    types: [...INGRESS_RULE, ...EGRESS_RULE],
    problems: (props) => [
      ...ruleProblems(props, "", "ipProtocol"),
      ...["fromPort", "toPort"].map((port) =>
        hasPorts(props, "ipProtocol") && read(props, [port]).kind === "absent"
          ? `${port} is not set; AWS requires it for TCP and UDP`
          : undefined,
      ),
    ],
    example: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" },
    source: SOURCE,
  },
} satisfies Readonly<Record<string, Line>>;
