import { upperCase } from "../../../read";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";

/** Where AWS's API of load balancing is described. */
export const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_";

/** What listeners of each kind of load balancer speak. */
export const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
};

const PROTOCOLS = [...Object.values(SPOKEN).flat(), "GENEVE"];

const KINDS = ["instance", "ip", "lambda", "alb"] as const;

/** What targets a target group has, in AWS's words; undefined if that isn't known. */
export function kindOfTargets(group: StackSubject): (typeof KINDS)[number] | undefined {
  const type = given(group, "targetType");
  return type.kind === "absent" ? "instance" : KINDS.find((known) => known.toUpperCase() === upperCase(type));
}

/** The protocol of a listener or target group, in upper case; undefined if it is none that AWS has. */
export function protocolOf(resource: StackSubject): string | undefined {
  return PROTOCOLS.find((known) => known === upperCase(given(resource, "protocol")));
}
