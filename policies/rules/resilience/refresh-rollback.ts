import { read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { problem, resourceRule, violations } from "../../rule";

const FIX =
  "{ instanceRefresh: { preferences: { autoRollback: false } } }, and when a refresh fails, give the group the launch template's former version and start another";
const LABEL = "instanceRefresh.preferences.autoRollback";

/**
 * Groups that promise a way back which isn't one. AWS returns to what the group launched when the refresh began, and by
 * then the provider has put the new version there.
 */
export const refreshRollback = resourceRule({
  id: "refresh-rollback",
  area: "resilience",
  title: "Instance refreshes promise no rollback to what has failed",
  severity: "low",
  level: "resource",
  description:
    "The provider gives an Auto Scaling group its new launch template before it starts the instance refresh. With autoRollback, a refresh that fails returns to that same template, " +
    "and replaces instances by it once more: what deploys has to take it back itself.",
  remedy: FIX,
  references: [
    {
      label: "terraform-provider-aws#34189",
      url: "https://github.com/hashicorp/terraform-provider-aws/issues/34189",
    },
    {
      label: "Undo changes with a rollback",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html",
    },
  ],
  types: AUTO_SCALING_GROUP,
  judge(group) {
    const expected = {
      accepts: (value: unknown) => value === false || value === "false",
      allowed: "false",
      vocabulary: /^(true|false)$/,
      absentMeans: "false",
    };
    const reading = read(group.props, LABEL.split("."));
    return reading.kind === "absent" ? [] : violations([problem(LABEL, reading, expected)], FIX);
  },
});
