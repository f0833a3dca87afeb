import { describe, resourceRule, violations } from "../../rule";
import { integer, read } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_LOAD_BALANCER, TARGET_GROUP } from "../../resources";
import { integerSetting } from "../../settings";

const FIX = "healthCheck: { interval: 15, unhealthyThreshold: 3, … }, which takes 45 seconds";

/** The AWS provider's defaults for health checks. */
const DEFAULTS = { interval: 30, unhealthyThreshold: 3 } as const;

/**
 * The time until a target that no longer serves is out of service: the interval times the number of consecutive failed
 * checks in the threshold. With the defaults of AWS and its provider, this is 60 to 90 seconds; the limit is twice
 * that.
 */
export const detectionTime = resourceRule({
  id: "health-detection-time",
  area: "health",
  title: "Unhealthy targets are detected soon",
  severity: "medium",
  level: "resource",
  description:
    "A target that no longer serves is out of service after a few minutes at most (health check interval times " +
    "unhealthy threshold). Until then, the load balancer keeps sending visitors to it.",
  permits: "the setting maxSeconds",
  remedy: `Target group or Classic Load Balancer: { ${FIX} }.`,
  references: [
    {
      label: "REL11-BP01",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_monitoring_health.html",
    },
    {
      label: "ALB health checks",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    },
  ],
  settings: {
    maxSeconds: integerSetting(
      10,
      3000,
      600,
      "Maximum number of seconds until a target counts as unhealthy: interval times unhealthyThreshold.",
    ),
  },
  strict: { maxSeconds: 180 },
  types: [...TARGET_GROUP, ...CLASSIC_LOAD_BALANCER],
  judge(group, { maxSeconds }) {
    const check = read(group.props, ["healthCheck"]);
    // target-group-health and classic-health judge whether a health check is missing.
    if (check.kind === "absent") return [];
    const enabled = read(group.props, ["healthCheck", "enabled"]);
    if (enabled.kind === "known" && enabled.value === false) return [];
    const at = (field: keyof typeof DEFAULTS): Reading => {
      const reading = read(group.props, ["healthCheck", field]);
      return reading.kind === "absent" ? { kind: "known", value: DEFAULTS[field] } : reading;
    };
    const [interval, threshold] = [at("interval"), at("unhealthyThreshold")];
    const unclear = Object.entries({ interval, unhealthyThreshold: threshold }).map(([field, reading]) =>
      numberIn(reading) === undefined
        ? `healthCheck.${field} ${describe(reading)}; it must be a literal whole number`
        : undefined,
    );
    const seconds = (numberIn(interval) ?? 0) * (numberIn(threshold) ?? 0);
    const slow =
      seconds > maxSeconds
        ? `healthCheck.interval times healthCheck.unhealthyThreshold is ${seconds} seconds; ` +
          `it must be at most ${maxSeconds}`
        : undefined;
    return violations([...unclear, slow], FIX);
  },
});

function numberIn(reading: Reading): number | undefined {
  return reading.kind === "known" ? integer(reading.value) : undefined;
}
