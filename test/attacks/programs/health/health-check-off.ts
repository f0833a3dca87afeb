// Everything is written out, and then switched off.
import { network, healthCheck, targets } from "../../parts";

targets(network().vpc.id, { healthCheck: { ...healthCheck, enabled: false } });
