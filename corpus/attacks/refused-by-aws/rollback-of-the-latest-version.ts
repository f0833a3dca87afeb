// The latest version is still the latest one after the rollback.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = { rule: "api-prose", says: /version is "\$Latest"/ };

export function program(mended: boolean): void {
  const { vpc } = network();
  fleet(
    launchTemplate(),
    privateSubnets(vpc.id).map(({ id }) => id),
    {
      mixedInstancesPolicy: {
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateName: "shop", version: mended ? "7" : "$Latest" },
          overrides: [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }],
        },
      },
      instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } },
    },
  );
}
