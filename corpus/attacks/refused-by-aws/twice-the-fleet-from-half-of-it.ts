// The minimum of half the group and the maximum of twice the group are further apart than AWS allows.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /minHealthyPercentage is 50, but maxHealthyPercentage is 200/,
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
