import { read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { problem, resourceRule, violations } from "../../rule";

const FIX =
  "{ instanceRefresh: { preferences: { autoRollback: false } } }; when a refresh fails, set the group to the previous version of the launch template and start another refresh";
const LABEL = "instanceRefresh.preferences.autoRollback";

/**
 * Groups whose automatic rollback has no effect. AWS returns to the launch template that the group had when the refresh
 * began, and by then the provider has set the new version.
 */
export const refreshRollback = resourceRule({
  id: "refresh-rollback",
  area: "resilience",
  title: "Instance refreshes do not roll back to the failed version",
  severity: "low",
  level: "resource",
  description:
    "The provider sets the new launch template of an Auto Scaling group before it starts the instance refresh. With autoRollback, a refresh that fails rolls back to that same template " +
    "and replaces instances with it once more, so the deployment must restore the previous version itself.",
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
