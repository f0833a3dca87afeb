// A check is given up just when the next one begins.
import { healthCheck, network, targets } from "../../parts";

const { vpc } = network();
targets(vpc.id, { healthCheck: { ...healthCheck, interval: 15, timeout: 15 } });
