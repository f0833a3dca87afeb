import { LOAD_BALANCER } from "../../resources";
import { read } from "../../read";
import { problem, resourceRule, violations } from "../../rule";

const FIX = "{ enableDeletionProtection: true }";

/** Load balancers, which should not be deleted by accident. */
export const deletionProtection = resourceRule({
  id: "deletion-protection",
  area: "resilience",
  title: "Load balancers are protected from deletion",
  severity: "medium",
  level: "resource",
  description:
    "AWS refuses to delete a load balancer with deletion protection. Without it, one mistake takes the store offline and loses its address.",
  remedy: FIX,
  references: [
    {
      label: "ELB.6",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6",
    },
  ],
  types: LOAD_BALANCER,
  judge(balancer) {
    const reading = read(balancer.props, ["enableDeletionProtection"]);
    const expected = {
      accepts: (value: unknown) => value === true || value === "true",
      allowed: "true",
      vocabulary: /^(true|false)$/,
      absentMeans: "false",
    };
    return violations([problem("enableDeletionProtection", reading, expected)], FIX);
  },
});
