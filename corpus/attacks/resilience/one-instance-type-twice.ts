// The two overrides have the same type.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "several-instance-types",
  says: /overrides names only 1 different known instance types/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
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
            { instanceType: mended ? "m6g.large" : "m7g.large", weightedCapacity: "2" },
          ],
        },
      },
    },
  );
}
