// The class is called "public"; its controller is AWS's.
import { Foreign } from "../../foreign";

new Foreign("kubernetes:networking.k8s.io/v1:IngressClass", "public", {
  metadata: { name: "public" },
  spec: { controller: "ingress.k8s.aws/alb" },
});
new Foreign("kubernetes:networking.k8s.io/v1:Ingress", "shop", {
  metadata: { name: "shop" },
  spec: { ingressClassName: "public", defaultBackend: { service: { name: "shop", port: { number: 80 } } } },
});
