// Six instances carry the peak of four, as long as both zones are there.
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
fleet(
  launchTemplate(),
  privateSubnets(vpc.id).map(({ id }) => id),
  { maxSize: 6 },
);
