// AWS reserves the prefix "internal-" for the DNS names of internal load balancers.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /name begins with "internal-", which AWS reserves/,
};

export function program(mended: boolean): void {
  const { subnetIds } = network();
  const balancer = new aws.elb.LoadBalancer("shop", {
    name: mended ? "shop" : "internal-shop",
    internal: true,
    subnets: subnetIds,
    listeners: [
      {
        lbProtocol: "https",
        lbPort: 443,
        instanceProtocol: "http",
        instancePort: 8080,
        sslCertificateId:
          "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      },
    ],
    healthCheck: {
      target: "HTTP:8080/healthz",
      interval: 15,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
  });
  new aws.elb.SslNegotiationPolicy("tls", {
    loadBalancer: balancer.id,
    lbPort: 443,
    attributes: [{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-TLS-1-2-2017-01" }],
  });
}
