import { read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { describe, resourceRule, stackRule, violations } from "../../rule";
import type { Subject } from "../../rule";
import { floats, hasImageByReference, launchTemplatesOf, versionsOf } from "./launches";

const FIX =
  "{ instanceRefresh: { preferences: { autoRollback: false } } }, or launch a numbered version of a template " +
  'with { imageId: "ami-0123456789abcdef0" }';

const REFERENCES = [
  {
    label: "RefreshPreferences",
    url: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html",
  },
  {
    label: "Undo changes with a rollback",
    url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html",
  },
];

/** What of a group's own inputs rules out a rollback. */
export const autoRollback = resourceRule({
  id: "auto-rollback",
  area: "refused-by-aws",
  title: "Groups that roll back have something to roll back to",
  severity: "medium",
  level: "resource",
  description:
    "An instance refresh with automatic rollback launches a numbered version of a launch template. " +
    "AWS refuses it of $Latest, of $Default and of a launch configuration, which name no state to go back to.",
  remedy: FIX,
  references: REFERENCES,
  types: AUTO_SCALING_GROUP,
  judge(group) {
    if (!rollsBack(group)) return [];
    return violations(
      [
        ...versionsOf(group).map(({ label, version }) =>
          floats(version)
            ? `${label} ${describe(version, /^\$(Latest|Default)$/)}; with autoRollback it must be a number, such as template.latestVersion`
            : undefined,
        ),
        read(group.props, ["launchConfiguration"]).kind === "known"
          ? "launchConfiguration is set; with autoRollback it must be a launchTemplate"
          : undefined,
      ],
      FIX,
    );
  },
});

/** Whether the launch template, another resource, rules out a rollback. */
export const autoRollbackStack = stackRule({
  id: "auto-rollback-stack",
  area: "refused-by-aws",
  title: "Groups that roll back launch a pinned image",
  severity: "medium",
  level: "stack",
  description:
    "An instance refresh with automatic rollback launches a template that names its image by id. " +
    "AWS refuses it of a Systems Manager parameter (resolve:ssm:…), whose former image nobody has kept.",
  remedy: FIX,
  references: REFERENCES,
  judge(stack) {
    const templatesOf = launchTemplatesOf(stack);
    return stack
      .ofTypes(AUTO_SCALING_GROUP)
      .filter(rollsBack)
      .flatMap((group) => {
        const templates = templatesOf(group);
        // Of several that it may be, one that will do gives it the benefit of the doubt.
        if (templates.length === 0 || !templates.every(hasImageByReference)) return [];
        const names = templates.map(({ name }) => `"${name}"`).join(", ");
        return violations(
          [
            `instanceRefresh.preferences.autoRollback is true and the image of launch template ${names} ` +
              "a Systems Manager parameter; only one of them may be",
          ],
          FIX,
          group.urn,
        );
      });
  },
});

function rollsBack(group: Subject): boolean {
  const reading = read(group.props, ["instanceRefresh", "preferences", "autoRollback"]);
  return reading.kind === "known" && (reading.value === true || reading.value === "true");
}
