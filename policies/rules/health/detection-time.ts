import { describe, resourceRule, violations } from "../../rule";
import { integer, read } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, TARGET_GROUP } from "../../resources";
import { integerSetting } from "../../settings";
import { serviceCheckOf, WITH_SERVICE_CHECK } from "./service-checks";

const FIX = "healthCheck: { interval: 15, unhealthyThreshold: 3, … }, which takes 45 seconds";

/** The health check of a load balancer's targets, with the AWS provider's defaults. */
const OF_TARGETS = {
  at: ["healthCheck"],
  interval: "interval",
  unhealthyThreshold: "unhealthyThreshold",
  defaults: { interval: 30, unhealthyThreshold: 3 },
  fix: FIX,
} as const;

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
  types: [...TARGET_GROUP, ...CLASSIC_LOAD_BALANCER, ...WITH_SERVICE_CHECK],
  judge(resource, { maxSeconds }) {
    const isService = isOf(WITH_SERVICE_CHECK, resource);
    const kind = isService ? serviceCheckOf(resource) : OF_TARGETS;
    // target-group-health and classic-health judge whether a health check is missing.
    if (kind === undefined || read(resource.props, kind.at).kind === "absent") return [];
    const enabled = read(resource.props, [...kind.at, "enabled"]);
    if (enabled.kind === "known" && enabled.value === false) return [];
    const at = (field: "interval" | "unhealthyThreshold"): [label: string, Reading] => {
      const path = [...kind.at, kind[field]];
      const reading = read(resource.props, path);
      const value =
        reading.kind === "absent" ? ({ kind: "known", value: kind.defaults[field] } as const) : reading;
      return [path.join("."), value];
    };
    const [interval, threshold] = [at("interval"), at("unhealthyThreshold")];
    const unclear = [interval, threshold].map(([label, reading]) =>
      numberIn(reading) === undefined
        ? `${label} ${describe(reading)}; it must be a literal whole number`
        : undefined,
    );
    const seconds = (numberIn(interval[1]) ?? 0) * (numberIn(threshold[1]) ?? 0);
    const slow =
      seconds > maxSeconds
        ? `${interval[0]} times ${threshold[0]} is ${seconds} seconds; it must be at most ${maxSeconds}`
        : undefined;
    return violations([...unclear, slow], kind.fix);
  },
});

function numberIn(reading: Reading): number | undefined {
  return reading.kind === "known" ? integer(reading.value) : undefined;
}
