// A function behind an Application Load Balancer, which calls it through AWS's API.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, toHttps } from "../parts";
import { logs, watch } from "../strict";

const shop = balancer(network().subnetIds, logs);
watch(shop);
const functionName = "shop";
const group = new aws.lb.TargetGroup("shop", { targetType: "lambda" });
const permission = new aws.lambda.Permission("shop", {
  action: "lambda:InvokeFunction",
  function: functionName,
  principal: "elasticloadbalancing.amazonaws.com",
  sourceArn: group.arn,
});
new aws.lb.TargetGroupAttachment(
  "shop",
  { targetGroupArn: group.arn, targetId: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}` },
  { dependsOn: permission },
);
new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.lb.Listener("http", {
  loadBalancerArn: shop.arn,
  protocol: "HTTP",
  port: 80,
  defaultActions: [toHttps],
});
