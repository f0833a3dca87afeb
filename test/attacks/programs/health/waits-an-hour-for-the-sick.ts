// The load balancer waits for an unhealthy target that leaves as long as AWS allows.
import { network, targets } from "../../parts";

targets(network().vpc.id, { deregistrationDelay: 3600 });
