// Two load balancers, and both alarms watch the same one.
import * as aws from "@pulumi/aws";
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

const { subnetIds } = network();
watch(balancer(subnetIds, logs));
new aws.lb.LoadBalancer("admin", {
  internal: true,
  subnets: subnetIds,
  dropInvalidHeaderFields: true,
  enableDeletionProtection: true,
  ...logs,
});
