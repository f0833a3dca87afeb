// CloudFront fetches from the private load balancer over plain HTTP within the VPC.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "cloudfront",
  says: /vpcOriginEndpointConfig\.originProtocolPolicy is "http-only"/,
};

export function program(mended: boolean): void {
  new aws.cloudfront.VpcOrigin("shop", {
    vpcOriginEndpointConfig: {
      name: "shop",
      arn: balancer(network().subnetIds, { internal: true }).arn,
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: mended ? "https-only" : "http-only",
      originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
    },
  });
}
