import { upperCase } from "../../../read";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";

/** The prefix of AWS's API reference pages for load balancing. */
export const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_";

/** The listener protocols of each kind of load balancer. */
export const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
};

const PROTOCOLS = [...Object.values(SPOKEN).flat(), "GENEVE"];

const KINDS = ["instance", "ip", "lambda", "alb"] as const;

/** The target type of a target group; undefined if it is not known. */
export function kindOfTargets(group: StackSubject): (typeof KINDS)[number] | undefined {
  const type = given(group, "targetType");
  return type.kind === "absent" ? "instance" : KINDS.find((known) => known.toUpperCase() === upperCase(type));
}

/** The protocol of a listener or target group, in upper case; undefined if AWS has no such protocol. */
export function protocolOf(resource: StackSubject): string | undefined {
  return PROTOCOLS.find((known) => known === upperCase(given(resource, "protocol")));
}
