// Attributes stand for every type that has them, and here only one may be taken.
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
const template = launchTemplate();
fleet(
  template,
  privateSubnets(vpc.id).map(({ id }) => id),
  {
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version: "7" },
        overrides: [
          {
            instanceRequirements: {
              vcpuCount: { min: 2 },
              memoryMib: { min: 4096 },
              allowedInstanceTypes: ["m7g.large"],
            },
          },
        ],
      },
    },
  },
);
