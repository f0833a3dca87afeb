// Two actions determine where a request goes.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /defaultActions\[0\] of type "forward" and defaultActions\[1\] of type "fixed-response" both route requests/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [
      { type: "forward", targetGroupArn: targets(vpc.id).arn },
      ...(mended
        ? []
        : [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "503" } }]),
    ],
  });
}
