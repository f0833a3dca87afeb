// A step of a state machine is a call of AWS's API.
import * as aws from "@pulumi/aws";

new aws.sfn.StateMachine("later", {
  roleArn: "arn:aws:iam::123456789012:role/steps",
  definition: JSON.stringify({
    StartAt: "open",
    States: {
      open: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:elasticloadbalancingv2:createListener",
        End: true,
      },
    },
  }),
});
