import { integer } from "../../read";
import type { Reading } from "../../read";

/** A range of TCP or UDP ports, or of ICMP types, with both ends included. */
export interface Traffic {
  /** `other` stands for every protocol without ports. */
  readonly protocol: "tcp" | "udp" | "icmp" | "icmpv6" | "other";
  readonly from: number;
  readonly to: number;
}

/** All traffic. */
export const EVERYTHING: readonly Traffic[] = [
  { protocol: "tcp", from: 0, to: 65535 },
  { protocol: "udp", from: 0, to: 65535 },
  { protocol: "icmp", from: 0, to: 255 },
  { protocol: "icmpv6", from: 0, to: 255 },
  { protocol: "other", from: 0, to: 0 },
];

/** By name and by number: https://www.iana.org/assignments/protocol-numbers */
const PROTOCOLS: Readonly<Record<string, Traffic["protocol"]>> = {
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
  icmp: "icmp",
  "1": "icmp",
  icmpv6: "icmpv6",
  "58": "icmpv6",
};

/**
 * The traffic that a rule allows. If it cannot be read, it counts as all traffic.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function trafficOf(protocol: Reading, fromPort: Reading, toPort: Reading): readonly Traffic[] {
  const text =
    protocol.kind === "known" && (typeof protocol.value === "string" || typeof protocol.value === "number")
      ? String(protocol.value).toLowerCase()
      : "all";
  if (text === "all" || text === "-1") return EVERYTHING;
  const name = Object.hasOwn(PROTOCOLS, text) ? PROTOCOLS[text]! : "other";
  const [first, last] = [fromPort, toPort].map((port) =>
    port.kind === "known" ? integer(port.value) : undefined,
  );
  const whole = EVERYTHING.filter((traffic) => traffic.protocol === name);
  if (name === "other" || first === undefined || first < 0) return whole;
  // For ICMP, the two fields are type and code.
  if (name === "icmp" || name === "icmpv6") return [{ protocol: name, from: first, to: first }];
  return last === undefined || last < first ? whole : [{ protocol: name, from: first, to: last }];
}

/** Traffic as text, such as `tcp 22` or `udp 0 to 65535`. */
export function inWords(traffic: readonly Traffic[]): string {
  if (traffic.length === EVERYTHING.length) return "every port and protocol";
  return traffic
    .map(({ protocol, from, to }) => {
      if (protocol === "other") return "another protocol";
      const kind = protocol.startsWith("icmp") ? `${protocol} type` : protocol;
      return from === to ? `${kind} ${from}` : `${kind} ${from} to ${to}`;
    })
    .join(", ");
}
