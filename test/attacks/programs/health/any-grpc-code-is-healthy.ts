// gRPC has sixteen ways to fail, and all of them count as healthy.
import { network, healthCheck, targets } from "../../parts";

targets(network().vpc.id, {
  protocolVersion: "GRPC",
  healthCheck: { ...healthCheck, path: "/grpc.health.v1.Health/Check", matcher: "0-99" },
});
