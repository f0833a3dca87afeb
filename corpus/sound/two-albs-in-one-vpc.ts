// The shop and its back office: two load balancers, one network, security groups that refer to each other.
import * as aws from "@pulumi/aws";
import { allow, securityGroup } from "../fleet";
import { httpsListener, targets } from "../parts";
import { front } from "../store-front";
import { logs } from "../strict";

const { vpc, subnetIds, behindIt } = front();
const door = securityGroup("office", vpc.id);
allow("office-https", door, 443, { cidrIpv4: "203.0.113.0/24" });
allow("from-office", behindIt, 9090, { referencedSecurityGroupId: door.id });
const office = new aws.lb.LoadBalancer("office", {
  subnets: subnetIds,
  securityGroups: [door.id],
  dropInvalidHeaderFields: true,
  enableDeletionProtection: true,
  ...logs,
});
const targetGroup = targets(vpc.id, { port: 9090 }, "office");
new aws.lb.Listener("office", {
  ...httpsListener(office.arn),
  defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
});
for (const [metricName, dimensions] of [
  ["HTTPCode_ELB_5XX_Count", { LoadBalancer: office.arnSuffix }],
  ["UnHealthyHostCount", { LoadBalancer: office.arnSuffix, TargetGroup: targetGroup.arnSuffix }],
] as const) {
  new aws.cloudwatch.MetricAlarm(`office-${metricName}`, {
    namespace: "AWS/ApplicationELB",
    metricName,
    dimensions,
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 3,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
  });
}
