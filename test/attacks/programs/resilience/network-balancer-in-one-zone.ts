// AWS makes a Network Load Balancer in one zone, without a word.
import * as aws from "@pulumi/aws";
import { network } from "../../parts";
import { logs } from "../../strict";

const { subnetIds } = network();
const { accessLogs } = logs;
new aws.lb.LoadBalancer("shop", {
  loadBalancerType: "network",
  subnets: [subnetIds[0]!],
  enableDeletionProtection: true,
  accessLogs,
});
