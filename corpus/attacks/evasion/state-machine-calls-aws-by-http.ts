// A state machine calls AWS's API by its URL, not by its SDK integration.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "other-routes", says: /An action of definition is "http:invoke"/ };

export function program(mended: boolean): void {
  if (mended) return;
  new aws.sfn.StateMachine("open", {
    roleArn: "arn:aws:iam::123456789012:role/open",
    definition: JSON.stringify({
      StartAt: "open",
      States: {
        open: {
          Type: "Task",
          Resource: "arn:aws:states:::http:invoke",
          Parameters: {
            ApiEndpoint: "https://ec2.eu-west-1.amazonaws.com/?Action=AuthorizeSecurityGroupIngress",
            Method: "POST",
            Authentication: { ConnectionArn: "arn:aws:events:eu-west-1:123456789012:connection/aws/1" },
          },
          End: true,
        },
      },
    }),
  });
}
