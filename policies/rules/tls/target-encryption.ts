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
 * The way from the load balancer to its targets. Off in the profile `baseline`: within a VPC AWS already keeps one
 * customer's packets from another's eyes, and whoever needs more has to bring certificates to every instance. The
 * profile `strict` requires it.
 */
export const targetEncryption = resourceRule({
  id: "target-encryption",
  area: "tls",
  title: "Targets are reached by TLS",
  severity: "medium",
  level: "resource",
  description:
    "Where required, load balancers speak to their targets by HTTPS, TLS or QUIC, and check them by HTTPS or TCP. " +
    "Otherwise whoever can listen inside the network reads what the load balancer decrypted.",
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
  settings: { required: booleanSetting(false, "Whether target groups have to use HTTPS, TLS or QUIC.") },
  strict: { required: true },
  types: TARGET_GROUP,
  judge(group, { required }) {
    if (!required) return [];
    // A function is called through AWS's API; an ALB has listeners, judged as such; GENEVE wraps whole packets.
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
