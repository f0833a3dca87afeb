// The class is called "public"; its controller is AWS's.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "unjudged-load-balancers-stack",
  says: /class belongs to an AWS controller/,
};

export function program(mended: boolean): void {
  new Foreign("kubernetes:networking.k8s.io/v1:IngressClass", "public", {
    metadata: { name: "public" },
    spec: { controller: mended ? "k8s.io/ingress-nginx" : "ingress.k8s.aws/alb" },
  });
  new Foreign("kubernetes:networking.k8s.io/v1:Ingress", "shop", {
    metadata: { name: "shop" },
    spec: { ingressClassName: "public", defaultBackend: { service: { name: "shop", port: { number: 80 } } } },
  });
}
