import { readSettings } from "./settings";
import { buildStore } from "./store";

export const {
  url,
  loadBalancerDnsName,
  loadBalancerArn,
  targetGroupArn,
  autoScalingGroupName,
  vpcId,
  certificateArn,
  statusUrl,
  release,
  distributionId,
  distributionDnsName,
  webAclArn,
  externalHealthCheckId,
  dashboardUrl,
  deployFreezes,
} = buildStore(readSettings());
