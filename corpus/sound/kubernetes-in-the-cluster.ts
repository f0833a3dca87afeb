// Kubernetes behind the program's load balancer: services without load balancers, and an nginx ingress.
import { Foreign } from "../foreign";
import { balancer, httpsListener, network, targets } from "../parts";
import { logs, watch, watchTargets } from "../strict";
import * as aws from "@pulumi/aws";

const { vpc, subnetIds } = network();
const front = balancer(subnetIds, logs);
const group = targets(vpc.id);
watch(front);
watchTargets(front, group);
new aws.lb.Listener("https", {
  ...httpsListener(front.arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});

new Foreign("kubernetes:core/v1:Service", "cart", {
  metadata: { name: "cart" },
  spec: { selector: { app: "cart" }, ports: [{ port: 80, targetPort: 8080 }] },
});
new Foreign("kubernetes:core/v1:Service", "shop", {
  metadata: { name: "shop" },
  spec: { type: "NodePort", selector: { app: "shop" }, ports: [{ port: 80, targetPort: 8080 }] },
});
new Foreign("kubernetes:networking.k8s.io/v1:Ingress", "shop", {
  metadata: { name: "shop" },
  spec: { ingressClassName: "nginx", defaultBackend: { service: { name: "shop", port: { number: 80 } } } },
});
new Foreign("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "shop", {
  metadata: { name: "shop" },
  spec: { targetGroupARN: group.arn, serviceRef: { name: "shop", port: 80 } },
});
