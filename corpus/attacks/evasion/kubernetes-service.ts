// For a Service of type LoadBalancer, Kubernetes creates a load balancer that listens in plain text.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = { rule: "unjudged-load-balancers", says: /spec\.type is "LoadBalancer"/ };

export function program(mended: boolean): void {
  new Foreign("kubernetes:core/v1:Service", "shop", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop" },
    spec: {
      type: mended ? "ClusterIP" : "LoadBalancer",
      selector: { app: "shop" },
      ports: [{ port: 80, targetPort: 8080 }],
    },
  });
}
