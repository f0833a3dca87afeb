// A release that fails half-way stays half-way.
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
fleet(
  launchTemplate(),
  privateSubnets(vpc.id).map(({ id }) => id),
  { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 90 } } },
);
