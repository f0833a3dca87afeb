// An address of one's own behind the accelerator, known before the deployment.
import * as aws from "@pulumi/aws";

new aws.globalaccelerator.EndpointGroup("shop", {
  listenerArn: "arn:aws:globalaccelerator::123456789012:accelerator/0123/listener/4567",
  endpointConfigurations: [{ endpointId: "eipalloc-0123456789abcdef0" }],
});
