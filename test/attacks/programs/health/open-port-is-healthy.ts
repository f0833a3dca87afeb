// A process that hangs still has its port open.
import { network, healthCheck, targets } from "../../parts";

targets(network().vpc.id, { healthCheck: { ...healthCheck, protocol: "TCP" } });
