// What a Classic Load Balancer does by default: whoever has the port open is healthy.
import { classicBalancer, classicTls } from "../../classic";
import { network } from "../../parts";

classicTls(
  classicBalancer(network().subnetIds, {
    healthCheck: { target: "TCP:8080", interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
  }),
);
