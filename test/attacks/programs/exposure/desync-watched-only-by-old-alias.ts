// The type's name of four years ago, which the provider still takes.
import { CustomResource } from "@pulumi/pulumi";
import { network } from "../../parts";

const { subnetIds } = network();
class LoadBalancer extends CustomResource {}
new LoadBalancer("aws:elasticloadbalancingv2/loadBalancer:LoadBalancer", "shop", {
  subnets: subnetIds,
  dropInvalidHeaderFields: true,
  desyncMitigationMode: "monitor",
  enableDeletionProtection: true,
});
