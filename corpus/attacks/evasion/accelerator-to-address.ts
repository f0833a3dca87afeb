// The endpoint of the accelerator is an Elastic IP address that is known before the deployment.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "accelerator-endpoints",
  says: /endpointConfigurations\[0\]\.endpointId is "eipalloc-0123456789abcdef0"/,
};

export function program(mended: boolean): void {
  new aws.globalaccelerator.EndpointGroup("shop", {
    listenerArn: "arn:aws:globalaccelerator::123456789012:accelerator/0123/listener/4567",
    endpointConfigurations: [
      {
        endpointId: mended
          ? "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
          : "eipalloc-0123456789abcdef0",
      },
    ],
  });
}
