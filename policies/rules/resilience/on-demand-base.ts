import { read } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { problem, resourceRule, violations } from "../../rule";
import { wholeNumber } from "../refused-by-aws/known";
import { zonesSetting } from "./zones";

/** Auto Scaling groups with Spot Instances, and their On-Demand Instances, which AWS does not reclaim. */
export const onDemandBase = resourceRule({
  id: "on-demand-base",
  area: "resilience",
  title: "Auto Scaling groups with Spot Instances have an On-Demand base",
  severity: "medium",
  level: "resource",
  description:
    "An Auto Scaling group that launches Spot Instances runs at least one On-Demand Instance for each zone. " +
    "Otherwise the store is down when AWS reclaims all its Spot capacity, with two minutes' notice.",
  remedy: "{ mixedInstancesPolicy: { instancesDistribution: { onDemandBaseCapacity: 2, … }, … } }",
  references: [
    {
      label: "InstancesDistribution",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html",
    },
    {
      label: "Spot Instance interruptions",
      url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-interruptions.html",
    },
  ],
  settings: { zones: zonesSetting },
  types: AUTO_SCALING_GROUP,
  judge(group, { zones }) {
    const distribution = ["mixedInstancesPolicy", "instancesDistribution"];
    const share = read(group.props, [...distribution, "onDemandPercentageAboveBaseCapacity"]);
    // The default is 100: all On-Demand.
    if (share.kind === "absent" || wholeNumber(share) === 100) return [];
    const problems = [
      problem(
        [...distribution, "onDemandBaseCapacity"].join("."),
        read(group.props, [...distribution, "onDemandBaseCapacity"]),
        {
          accepts: (value) => (wholeNumber({ kind: "known", value }) ?? 0) >= zones,
          allowed: `a literal number of at least ${zones}, one for each zone, as some of the others are Spot Instances`,
          vocabulary: /^-?\d{1,9}$/,
        },
      ),
    ];
    return violations(
      problems,
      `{ mixedInstancesPolicy: { instancesDistribution: { onDemandBaseCapacity: ${zones} } } }`,
    );
  },
});
