// The AWS Load Balancer Controller creates a load balancer for the ingress, with an HTTP listener by default.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /spec\.ingressClassName is "alb"/,
};

export function program(mended: boolean): void {
  new Foreign("kubernetes:networking.k8s.io/v1:Ingress", "shop", {
    metadata: {
      name: "shop",
      annotations: mended ? {} : { "alb.ingress.kubernetes.io/scheme": "internet-facing" },
    },
    spec: {
      ingressClassName: mended ? "nginx" : "alb",
      defaultBackend: { service: { name: "shop", port: { number: 80 } } },
    },
  });
}
