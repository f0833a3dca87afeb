// The check of a function is written out, and takes any answer of its code.
import { healthCheck } from "../../parts";
import * as aws from "@pulumi/aws";

const { protocol: _, ...ofFunction } = healthCheck;
new aws.lb.TargetGroup("shop", {
  targetType: "lambda",
  healthCheck: { ...ofFunction, enabled: true, interval: 60, matcher: "200-499" },
});
