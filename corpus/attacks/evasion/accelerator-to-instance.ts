// Global Accelerator is not a load balancer: it forwards every connection to the instance unchanged.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "accelerator-endpoints-stack",
  says: /endpointConfigurations lead to "shop"; they must lead to load balancers/,
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const instance = new aws.ec2.Instance("shop", {
    launchTemplate: { id: launchTemplate().id },
    subnetId: subnetIds[0]!,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  });
  const listener = new aws.globalaccelerator.Listener("web", {
    acceleratorArn: new aws.globalaccelerator.Accelerator("shop", { enabled: true }).arn,
    protocol: "TCP",
    portRanges: [{ fromPort: 80, toPort: 80 }],
  });
  new aws.globalaccelerator.EndpointGroup("shop", {
    listenerArn: listener.arn,
    endpointConfigurations: [{ endpointId: mended ? balancer(subnetIds).arn : instance.id, weight: 100 }],
  });
}
