import { problem, resourceRule, violations } from "../../rule";
import { integer, read, upperCase } from "../../read";
import { TARGET_GROUP } from "../../resources";
import { integerSetting } from "../../settings";

const FIX = "deregistrationDelay: 60 (seconds; at least the longest request)";

/** AWS's default, in seconds. */
const DEFAULT_DELAY = 300;

/** The time that a load balancer waits for a deregistering target. */
export const deregistrationDelay = resourceRule({
  id: "deregistration-delay",
  area: "health",
  title: "Deregistration delays are short",
  severity: "low",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "A deregistering target has at most a few minutes to finish its requests. " +
    "While the load balancer waits, an unhealthy instance stays, its replacement is late, and deployments and rollbacks are slow.",
  remedy: `Target group: { ${FIX} }.`,
  references: [
    {
      label: "Deregistration delay",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay",
    },
    {
      label: "REL11-BP03",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_auto_healing_system.html",
    },
  ],
  settings: {
    maxSeconds: integerSetting(
      0,
      3600,
      DEFAULT_DELAY,
      "Maximum deregistration delay in seconds; raise it for downloads and sockets that stay open longer.",
    ),
  },
  types: TARGET_GROUP,
  judge(group, { maxSeconds }) {
    // A Lambda function has no connections to wait for.
    if (upperCase(read(group.props, ["targetType"])) === "LAMBDA") return [];
    const delay = read(group.props, ["deregistrationDelay"]);
    if (delay.kind === "absent" && maxSeconds >= DEFAULT_DELAY) return [];
    return violations(
      [
        problem("deregistrationDelay", delay, {
          accepts: (value) => {
            const seconds = integer(value);
            return seconds !== undefined && seconds >= 0 && seconds <= maxSeconds;
          },
          allowed: `a literal whole number of seconds from 0 to ${maxSeconds}`,
          vocabulary: /^\d{1,9}$/,
          absentMeans: String(DEFAULT_DELAY),
        }),
      ],
      FIX,
    );
  },
});
