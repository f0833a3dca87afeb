// One word in a Service, and Kubernetes makes a load balancer that listens in clear text.
import { Foreign } from "../../foreign";

new Foreign("kubernetes:core/v1:Service", "shop", {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "shop" },
  spec: { type: "LoadBalancer", selector: { app: "shop" }, ports: [{ port: 80, targetPort: 8080 }] },
});
