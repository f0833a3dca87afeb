// The maximum size is below the minimum.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /minSize is 4, but maxSize is 3; minSize must not be greater/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  fleet(
    launchTemplate(),
    privateSubnets(vpc.id).map(({ id }) => id),
    { minSize: mended ? 2 : 4, maxSize: 3 },
  );
}
