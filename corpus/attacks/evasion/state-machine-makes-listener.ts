// A step of a state machine calls AWS's API.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "other-routes",
  says: /An action of definition is "elasticloadbalancingv2:createListener"/,
};

export function program(mended: boolean): void {
  new aws.sfn.StateMachine("later", {
    roleArn: "arn:aws:iam::123456789012:role/steps",
    definition: JSON.stringify({
      StartAt: "open",
      States: {
        open: {
          Type: "Task",
          Resource: `arn:aws:states:::aws-sdk:elasticloadbalancingv2:${mended ? "describeListeners" : "createListener"}`,
          End: true,
        },
      },
    }),
  });
}
