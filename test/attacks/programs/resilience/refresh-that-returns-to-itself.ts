// The group has the new version before the refresh begins: what fails is rolled back to itself.
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
fleet(
  launchTemplate(),
  privateSubnets(vpc.id).map(({ id }) => id),
  { instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } } },
);
