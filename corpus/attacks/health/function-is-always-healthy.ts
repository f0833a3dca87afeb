// The health check of a function is complete, and accepts any status code.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { healthCheck } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /matcher is "200-499"; it must be literal codes from 200 to 399/,
};

export function program(mended: boolean): void {
  const { protocol: _, ...ofFunction } = healthCheck;
  new aws.lb.TargetGroup("shop", {
    targetType: "lambda",
    healthCheck: { ...ofFunction, enabled: true, interval: 60, matcher: mended ? "200" : "200-499" },
  });
}
