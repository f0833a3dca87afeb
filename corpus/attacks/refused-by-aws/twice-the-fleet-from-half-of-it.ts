// Half the group as the minimum and twice the group as the maximum: further apart than AWS goes.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /minHealthyPercentage is 50 and maxHealthyPercentage is 200/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  fleet(
    launchTemplate(),
    privateSubnets(vpc.id).map(({ id }) => id),
    {
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: mended ? 100 : 50, maxHealthyPercentage: 200 },
      },
    },
  );
}
