import type { GROUP_RULES } from "../../../../../policies/rules/refused-by-aws/api-prose/group-rules";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

const HIDDEN = "is another string (not shown, as it may be secret); AWS allows";
const NUMBER = "is 256; AWS allows";
const PROTOCOLS = '"tcp", "udp", "icmp", "icmpv6", the number of a protocol, or "-1" for all';
const PORTS = "AWS allows ports from 0 to 65535, with the lower one first";
const WEB = { protocol: "tcp", fromPort: 443, toPort: 443 };

/** Refused inputs, by line of GROUP_RULES. */
export const GROUP_RULES_REFUSED: Readonly<Record<keyof typeof GROUP_RULES, Refused>> = {
  "rules-in-a-group": [
    [
      {
        ingress: [
          { ...WEB, protocol: "http", cidrBlocks: ["10.0.0.0/8"] },
          { ...WEB, toPort: 80, ipv6CidrBlocks: UNKNOWN },
        ],
        egress: [{ ...WEB, protocol: 256, cidrBlocks: ["0.0.0.0/0"] }],
      },
      `ingress[0].protocol ${HIDDEN} ${PROTOCOLS}`,
      `ingress[1].fromPort is 443 and toPort is 80; ${PORTS}`,
      `egress[0].protocol ${NUMBER} ${PROTOCOLS}`,
    ],
    [
      {
        ingress: [
          { protocol: "TCP", fromPort: 0, toPort: 65535, cidrBlocks: ["10.1.2.3/8", "0.0.0.0/0"] },
          { protocol: "icmp", fromPort: 8, toPort: 0, ipv6CidrBlocks: ["::/0", "2001:db8::1/32"] },
          { protocol: "icmpv6", fromPort: -1, toPort: -1, self: true },
          { protocol: 50, fromPort: 0, toPort: 0, cidrBlocks: UNKNOWN },
          UNKNOWN,
        ],
        egress: [{ protocol: "all", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      },
    ],
  ],
  "rule-of-a-group": [
    [
      { type: "ingress", protocol: "udp", fromPort: 53, toPort: 70_000, cidrBlocks: ["10.0.0.0/8"] },
      `fromPort is 53 and toPort is 70000; ${PORTS}`,
    ],
    [{ type: "egress", protocol: "-1", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/0"] }],
  ],
  "single-rule": [
    [
      { ipProtocol: "tcp", fromPort: 443, cidrIpv4: "10.0.0.0/8" },
      "toPort is not set; AWS requires it for TCP and UDP",
    ],
    [{ ipProtocol: "-1", cidrIpv6: "::/0" }],
    [{ ipProtocol: "tcp", fromPort: UNKNOWN, toPort: UNKNOWN, cidrIpv4: UNKNOWN }],
  ],
};
