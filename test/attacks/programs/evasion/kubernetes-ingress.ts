// The AWS Load Balancer Controller makes a balancer of this, with a listener of HTTP unless told otherwise.
import { Foreign } from "../../foreign";

new Foreign("kubernetes:networking.k8s.io/v1:Ingress", "shop", {
  metadata: { name: "shop", annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" } },
  spec: {
    ingressClassName: "alb",
    defaultBackend: { service: { name: "shop", port: { number: 80 } } },
  },
});
