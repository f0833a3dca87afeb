// What is the latest version now is the latest one after the rollback too.
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
fleet(
  launchTemplate(),
  privateSubnets(vpc.id).map(({ id }) => id),
  {
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateName: "shop", version: "$Latest" },
        overrides: [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }],
      },
    },
    instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } },
  },
);
