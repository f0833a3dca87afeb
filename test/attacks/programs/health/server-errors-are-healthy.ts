// AWS lets a Network Load Balancer take 500 for health, and so does a careless matcher.
import { network, healthCheck, targets } from "../../parts";

targets(network().vpc.id, { protocol: "TCP", healthCheck: { ...healthCheck, matcher: "200,500-599" } });
