import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const mixed = (instancesDistribution: unknown): Props => ({
  mixedInstancesPolicy: { instancesDistribution },
});
const spot = (base?: unknown): Props =>
  mixed({
    onDemandPercentageAboveBaseCapacity: 20,
    ...(base === undefined ? {} : { onDemandBaseCapacity: base }),
  });

describe("on-demand-base", () => {
  const suite = new RuleSuite("on-demand-base");
  suite.checkSentences(AUTO_SCALING_GROUP[0], [
    { title: "passes a group with one instance type", props: { launchTemplate: { id: UNKNOWN } }, says: [] },
    {
      title: "passes a group on demand",
      props: mixed({ onDemandPercentageAboveBaseCapacity: 100 }),
      says: [],
    },
    {
      title: "passes a group on demand, as text",
      props: mixed({ onDemandPercentageAboveBaseCapacity: "100" }),
      says: [],
    },
    { title: "passes a group without a percentage, which is all on demand", props: mixed({}), says: [] },
    { title: "passes one instance for each zone", props: spot(2), says: [] },
    { title: "passes a secret number", props: spot(secret(3)), says: [] },
    {
      title: "advises on a group without a base",
      props: spot(),
      says: [
        "mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity is not set; it must be a literal number of at least 2, one for each zone, as some of the others are Spot Instances",
      ],
    },
    {
      title: "advises on too small a base",
      props: spot(1),
      says: [
        "mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity is 1; it must be a literal number of at least 2, one for each zone, as some of the others are Spot Instances",
      ],
    },
    ...[
      ["1", '"1"'],
      ["-10", '"-10"'],
      ["x1", "another string (not shown, as it may be secret)"],
      ["1x", "another string (not shown, as it may be secret)"],
    ].map(([base, shown]) => ({
      title: `advises on ${base} as a text`,
      props: spot(base),
      says: [
        `mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity is ${shown}; it must be a literal number of at least 2, one for each zone, as some of the others are Spot Instances`,
      ],
    })),
    {
      title: "advises on an unknown base",
      props: spot(UNKNOWN),
      says: [
        "mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity is not known before deployment; it must be a literal number of at least 2, one for each zone, as some of the others are Spot Instances",
      ],
    },
    {
      title: "treats an unknown percentage as one with Spot instances",
      props: mixed({ onDemandPercentageAboveBaseCapacity: UNKNOWN }),
      says: [
        "mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity is not set; it must be a literal number of at least 2, one for each zone, as some of the others are Spot Instances",
      ],
    },
  ]);
});
