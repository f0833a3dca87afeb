// On-demand instances of three sizes, weighted by capacity, with a rolling refresh that launches first.
import { behind, fleet, launchTemplate } from "../fleet";
import { front } from "../store-front";

const { targetGroup, behindIt, privateSubnets } = front({ targetType: "instance" });
const template = launchTemplate({
  networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [behindIt.id] }],
});
fleet(
  template,
  privateSubnets.map(({ id }) => id),
  {
    ...behind(targetGroup),
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: {
          launchTemplateId: template.id,
          version: template.latestVersion.apply(String),
        },
        overrides: ["m7g.large", "m7g.xlarge", "m6g.xlarge"].map((instanceType, index) => ({
          instanceType,
          weightedCapacity: index === 0 ? "1" : "2",
        })),
      },
    },
    instanceRefresh: {
      strategy: "Rolling",
      preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
    },
  },
);
