// The group knows nothing of the balancer; another resource attaches it, by its plain name.
import * as aws from "@pulumi/aws";
import { fleet, launchTemplate } from "../../fleet";
import { network, targets } from "../../parts";

const { vpc, subnetIds } = network();
fleet(launchTemplate(), subnetIds, { name: "shop-web", healthCheckType: "EC2", healthCheckGracePeriod: 300 });
new aws.autoscaling.Attachment("shop", {
  autoscalingGroupName: "shop-web",
  lbTargetGroupArn: targets(vpc.id, { targetType: "instance" }).arn,
});
