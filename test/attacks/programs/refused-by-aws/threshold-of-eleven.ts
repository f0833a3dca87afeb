// More patience than AWS has.
import { healthCheck, network, targets } from "../../parts";

const { vpc } = network();
targets(vpc.id, { healthCheck: { ...healthCheck, interval: 10, unhealthyThreshold: 11 } });
