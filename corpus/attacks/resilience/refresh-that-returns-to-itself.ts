// The group has the new version before the refresh begins: what fails is rolled back to itself.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "refresh-rollback",
  says: /instanceRefresh\.preferences\.autoRollback is true/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  const { vpc } = network();
  fleet(
    launchTemplate(),
    privateSubnets(vpc.id).map(({ id }) => id),
    { instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: !mended } } },
  );
}
