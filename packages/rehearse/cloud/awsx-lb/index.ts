export { expandTargetGroupAttachment } from "./attachment";
export { expandApplicationLoadBalancer, expandNetworkLoadBalancer } from "./balancer";
