// The group has the new version before the refresh starts, so a failed refresh rolls back to the same version.
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
