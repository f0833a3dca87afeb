// The image is whatever the parameter says today; what it said yesterday nobody has kept.
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
fleet(
  launchTemplate({ imageId: "resolve:ssm:/shop/image" }),
  privateSubnets(vpc.id).map(({ id }) => id),
  { instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } } },
);
