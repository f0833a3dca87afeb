// 404 counts as healthy: a target that has lost the shop still gets visitors.
import { network, healthCheck, targets } from "../../parts";

targets(network().vpc.id, { healthCheck: { ...healthCheck, matcher: "200-499" } });
