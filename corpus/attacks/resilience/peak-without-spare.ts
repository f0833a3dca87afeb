// Six instances carry a peak of four only while both zones are available.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "peak-capacity",
  says: /maxSize is 6; it must be a literal number of at least 8/,
  config: "corpus/configured.json",
};

export function program(mended: boolean): void {
  const { vpc } = network();
  fleet(
    launchTemplate(),
    privateSubnets(vpc.id).map(({ id }) => id),
    { maxSize: mended ? 8 : 6 },
  );
}
