import { problem, resourceRule, violations } from "../../rule";
import type { Expectation } from "../../rule";
import { read, upperCase } from "../../read";
import { TARGET_GROUP } from "../../resources";
import { booleanSetting } from "../../settings";

const FIX =
  '{ protocol: "HTTPS", port: 443, healthCheck: { protocol: "HTTPS", … } } (Network Load Balancer: protocol: "TLS")';

const PROTOCOL: Expectation = {
  accepts: (value) => typeof value === "string" && /^(HTTPS|TLS|QUIC)$/i.test(value),
  allowed: 'a literal: "HTTPS", "TLS" or "QUIC"',
  vocabulary: /^(HTTPS?|TLS|TCP|UDP|TCP_UDP|QUIC|TCP_QUIC|GENEVE)$/i,
  absentMeans: "no encryption",
};

const CHECK_PROTOCOL: Expectation = {
  accepts: (value) => typeof value === "string" && /^(HTTPS|TCP)$/i.test(value),
  allowed: 'a literal: "HTTPS", or "TCP", which carries no data',
  vocabulary: /^(HTTPS?|TCP)$/i,
  absentMeans: "HTTP",
};

/**
 * Traffic from the load balancer to its targets. Off in the profile `baseline`: AWS already isolates the packets of
 * each VPC, and encryption needs a certificate on every instance. The profile `strict` requires it.
 */
export const targetEncryption = resourceRule({
  id: "target-encryption",
  area: "tls",
  title: "Targets are reached by TLS",
  severity: "medium",
  level: "resource",
  description:
    "Where configured, load balancers send traffic to targets by HTTPS, TLS or QUIC, and check their health by HTTPS or TCP. " +
    "Otherwise attackers inside the network can read what the load balancer decrypted.",
  remedy: `Target group: ${FIX}.`,
  references: [
    {
      label: "ELB.21",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-21",
    },
    {
      label: "ELB.22",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-22",
    },
  ],
  settings: { required: booleanSetting(false, "Whether target groups must use HTTPS, TLS or QUIC.") },
  strict: { required: true },
  types: TARGET_GROUP,
  judge(group, { required }) {
    if (!required) return [];
    // Functions are called through AWS's API, the listeners of an ALB are judged separately, and GENEVE wraps packets.
    const type = upperCase(read(group.props, ["targetType"]));
    const protocol = read(group.props, ["protocol"]);
    if (type === "LAMBDA" || type === "ALB" || upperCase(protocol) === "GENEVE") return [];
    return violations(
      [
        problem("protocol", protocol, PROTOCOL),
        problem("healthCheck.protocol", read(group.props, ["healthCheck", "protocol"]), CHECK_PROTOCOL),
      ],
      FIX,
    );
  },
});
