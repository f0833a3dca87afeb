import { AUTO_SCALING_GROUP, LAUNCH_CONFIGURATION } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("launch-templates", () => {
  const suite = new RuleSuite("launch-templates");
  suite.checkSentences(AUTO_SCALING_GROUP[0], [
    { title: "passes a launch template", props: { launchTemplate: { id: UNKNOWN } }, says: [] },
    { title: "passes null and absent launch configurations", props: { launchConfiguration: null }, says: [] },
    {
      title: "passes an empty text, which the provider reports",
      props: { launchConfiguration: "" },
      says: [],
    },
    ...["lc-1", UNKNOWN, secret("lc-1"), ["lc-1"]].map((launchConfiguration, index) => ({
      title: `advises against a launch configuration, ${["known", "unknown", "secret", "odd"][index]}`,
      props: { launchConfiguration },
      says: ["launchConfiguration is set; it must be replaced by a launchTemplate or mixedInstancesPolicy"],
    })),
  ]);
  suite.checkSentences(LAUNCH_CONFIGURATION[0], [
    {
      title: "advises against a launch configuration resource",
      props: {},
      says: ["this is a launch configuration; it must be an aws.ec2.LaunchTemplate"],
    },
  ]);
});
