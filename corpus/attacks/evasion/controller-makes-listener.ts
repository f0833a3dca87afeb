// AWS Controllers for Kubernetes create the listener from a custom resource in the cluster.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "other-routes",
  says: /:Listener is another provider's name for a resource that the rules judge/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new Foreign("kubernetes:elbv2.services.k8s.aws/v1alpha1:Listener", "plain", {
    spec: { loadBalancerRef: { from: { name: "shop" } }, protocol: "HTTP", port: 80 },
  });
}
