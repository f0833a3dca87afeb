import { read } from "../../read";
import { AUTO_SCALING_GROUP, isOf, LAUNCH_CONFIGURATION } from "../../resources";
import { resourceRule, violations } from "../../rule";

const FIX = "{ launchTemplate: { id: template.id, version: template.latestVersion.apply(String) } }";

/** Auto Scaling groups and the launch configurations that they should no longer use. */
export const launchTemplates = resourceRule({
  id: "launch-templates",
  area: "resilience",
  title: "Instances are launched from launch templates",
  severity: "medium",
  level: "resource",
  description:
    "Auto Scaling groups launch from launch templates. Launch configurations have no versions to go back to, and new accounts and instance types cannot use them.",
  remedy: FIX,
  references: [
    {
      label: "AutoScaling.9",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-9",
    },
    {
      label: "Launch configurations",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html",
    },
  ],
  types: [...LAUNCH_CONFIGURATION, ...AUTO_SCALING_GROUP],
  judge(resource) {
    if (isOf(LAUNCH_CONFIGURATION, resource)) {
      return violations(["this is a launch configuration; it must be an aws.ec2.LaunchTemplate"], FIX);
    }
    const configuration = read(resource.props, ["launchConfiguration"]);
    return violations(
      [
        configuration.kind === "absent" || (configuration.kind === "known" && configuration.value === "")
          ? undefined
          : "launchConfiguration is set; it must be replaced by a launchTemplate or mixedInstancesPolicy",
      ],
      FIX,
    );
  },
});
