import { read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { fault, stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { floats, launchTemplatesOf, versionsOf } from "../refused-by-aws/launches";
import { text } from "../refused-by-aws/known";

const FIX = '{ instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } } }';

/**
 * Groups that take a bad release back by themselves. AWS can do so only if the image is pinned, and so is the version
 * of the launch template, another resource: only the stack shows it, and who cannot roll back is not asked to.
 */
export const refreshRollback = stackRule({
  id: "refresh-rollback",
  area: "resilience",
  title: "Instance refreshes roll back when they fail",
  severity: "low",
  level: "stack",
  description:
    "An Auto Scaling group that refreshes its instances, and whose launch template names its image by id, rolls back when a refresh fails. " +
    "Otherwise a failed refresh leaves old and new instances serving side by side.",
  remedy: FIX,
  references: [
    {
      label: "Undo changes with a rollback",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html",
    },
    {
      label: "REL08-BP05",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_tracking_change_management_automated_changemgmt.html",
    },
  ],
  judge(stack) {
    const templatesOf = launchTemplatesOf(stack);
    return stack.ofTypes(AUTO_SCALING_GROUP).flatMap((group) => {
      if (read(group.props, ["instanceRefresh"]).kind !== "known") return [];
      if (versionsOf(group).some(({ version }) => floats(version))) return [];
      const templates = templatesOf(group);
      if (templates.length === 0 || !templates.every(hasPinnedImage)) return [];
      const label = "instanceRefresh.preferences.autoRollback";
      const expected = {
        accepts: (value: unknown) => value === true || value === "true",
        allowed: "true",
        vocabulary: /^(true|false)$/,
        absentMeans: "false",
      };
      return violations([fault(label, read(group.props, label.split(".")), expected)], FIX, group.urn);
    });
  },
});

function hasPinnedImage(template: StackSubject): boolean {
  return /^ami-[0-9a-f]+$/.test(text(read(template.props, ["imageId"])) ?? "");
}
