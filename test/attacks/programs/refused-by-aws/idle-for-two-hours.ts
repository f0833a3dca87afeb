// WebSockets that sleep longer than a load balancer waits.
import { balancer, network } from "../../parts";

const { subnetIds } = network();
balancer(subnetIds, { idleTimeout: 7200 });
