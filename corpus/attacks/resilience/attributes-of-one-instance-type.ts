// Attributes select every matching type, but only one is allowed here.
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
            {
              instanceRequirements: {
                vcpuCount: { min: 2 },
                memoryMib: { min: 4096 },
                allowedInstanceTypes: [mended ? "m7g.*" : "m7g.large"],
              },
            },
          ],
        },
      },
    },
  );
}
