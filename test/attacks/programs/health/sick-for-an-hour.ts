// Each number is within AWS's bounds; together they leave an unhealthy target in service for 50 minutes.
import { network, healthCheck, targets } from "../../parts";

targets(network().vpc.id, {
  healthCheck: { ...healthCheck, interval: "300" as never, unhealthyThreshold: 10 },
});
