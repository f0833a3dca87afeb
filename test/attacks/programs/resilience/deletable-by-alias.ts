// The protection is off, under the load balancer's second name.
import * as aws from "@pulumi/aws";
import { network } from "../../parts";
import { logs, watch } from "../../strict";

const { subnetIds } = network();
watch(
  new aws.alb.LoadBalancer("shop", {
    subnets: subnetIds,
    dropInvalidHeaderFields: true,
    enableDeletionProtection: false,
    ...logs,
  }),
);
