// The same load balancer under its second name.
import * as aws from "@pulumi/aws";
import { network } from "../../parts";

const { subnetIds } = network();
new aws.alb.LoadBalancer("shop", {
  loadBalancerType: "application",
  subnets: subnetIds,
  desyncMitigationMode: "strictest",
  enableDeletionProtection: true,
});
