// Half the group as the minimum and twice the group as the maximum: further apart than AWS goes.
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
fleet(
  launchTemplate(),
  privateSubnets(vpc.id).map(({ id }) => id),
  {
    instanceRefresh: {
      strategy: "Rolling",
      preferences: { minHealthyPercentage: 50, maxHealthyPercentage: 200 },
    },
  },
);
