import { problem, resourceRule, violations } from "../../rule";
import { integer, read } from "../../read";
import { TARGET_GROUP } from "../../resources";
import { integerSetting } from "../../settings";

const FIX = "targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsCount: 1 } }, AWS's default";
const AT = ["targetGroupHealth", "unhealthyStateRouting"] as const;

/**
 * When a load balancer fails open and sends visitors to all targets, including unhealthy ones. By default, this is when
 * no target is healthy. A program may raise the percentage, so that the last healthy targets are not overloaded, but
 * not the count, because the pack does not know how many targets there are.
 */
export const failOpen = resourceRule({
  id: "fail-open",
  area: "health",
  title: "Load balancers do not fail open early",
  severity: "medium",
  level: "resource",
  description:
    "Load balancers send visitors to unhealthy targets only when few healthy targets are left. " +
    "A high minimum of healthy targets does the opposite of what its name suggests: below it, every target gets visitors.",
  remedy: `Target group: { ${FIX} }.`,
  references: [
    {
      label: "Target group health",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-health",
    },
    {
      label: "REL11-BP02",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_failover2good.html",
    },
  ],
  settings: {
    maxHealthyCount: integerSetting(
      1,
      1000,
      1,
      "Maximum for the number of healthy targets below which all targets get visitors.",
    ),
    maxHealthyPercentage: integerSetting(
      1,
      100,
      50,
      "Maximum for the percentage of healthy targets below which all targets get visitors.",
    ),
  },
  types: TARGET_GROUP,
  judge(group, { maxHealthyCount, maxHealthyPercentage }) {
    const judged = (field: string, max: number, off: string): string | undefined => {
      const path = [...AT, field];
      const minimum = read(group.props, path);
      if (minimum.kind === "absent") return undefined;
      return problem(path.join("."), minimum, {
        accepts: (value) => {
          const number = integer(value);
          return (off !== "" && value === "off") || (number !== undefined && number >= 1 && number <= max);
        },
        allowed: `left out, ${off}or a literal whole number from 1 to ${max}`,
        vocabulary: /^(off|\d{1,9})$/i,
      });
    };
    return violations(
      [
        judged("minimumHealthyTargetsCount", maxHealthyCount, ""),
        judged("minimumHealthyTargetsPercentage", maxHealthyPercentage, '"off", '),
      ],
      FIX,
    );
  },
});
