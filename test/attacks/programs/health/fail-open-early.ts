// Fewer than a hundred healthy targets, and the unhealthy ones get visitors too: always, that is.
import { network, targets } from "../../parts";

targets(network().vpc.id, {
  targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsCount: 100 } },
});
