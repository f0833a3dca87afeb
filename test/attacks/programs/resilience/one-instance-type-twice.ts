// Two overrides of one type.
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
          { instanceType: "m7g.large", weightedCapacity: "1" },
          { instanceType: "m7g.large", weightedCapacity: "2" },
        ],
      },
    },
  },
);
