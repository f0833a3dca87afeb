// AWS Controllers for Kubernetes: the cluster makes the listener from a custom resource.
import { Foreign } from "../../foreign";

new Foreign("kubernetes:elbv2.services.k8s.aws/v1alpha1:Listener", "plain", {
  spec: { loadBalancerRef: { from: { name: "shop" } }, protocol: "HTTP", port: 80 },
});
