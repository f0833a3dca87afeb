// At least two on-demand instances, and otherwise Spot instances selected by attributes.
import { behind, fleet, launchTemplate } from "../fleet";
import { front } from "../store-front";

const { targetGroup, behindIt, privateSubnets } = front({ targetType: "instance" });
const template = launchTemplate({ vpcSecurityGroupIds: [behindIt.id] });
fleet(
  template,
  privateSubnets.map(({ id }) => id),
  {
    ...behind(targetGroup),
    maxSize: 40,
    capacityRebalance: true,
    mixedInstancesPolicy: {
      instancesDistribution: {
        onDemandBaseCapacity: 2,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        launchTemplateSpecification: {
          launchTemplateId: template.id,
          version: template.latestVersion.apply(String),
        },
        overrides: [{ instanceRequirements: { vcpuCount: { min: 2, max: 4 }, memoryMib: { min: 4096 } } }],
      },
    },
  },
);
