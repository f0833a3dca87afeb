// AWS steers around unhealthy targets only when it weighs them.
import { network, targets } from "../../parts";

const { vpc } = network();
targets(vpc.id, { loadBalancingAnomalyMitigation: "on" });
