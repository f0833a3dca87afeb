/** Compliant parts of Classic Load Balancers, beside those of `./parts`. */
import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

/** A Classic Load Balancer with one HTTPS listener and its health check. */
export function classicBalancer(
  subnetIds: Input<string>[],
  args: Partial<aws.elb.LoadBalancerArgs> = {},
): aws.elb.LoadBalancer {
  return new aws.elb.LoadBalancer("shop", {
    subnets: subnetIds,
    listeners: [
      {
        lbPort: 443,
        lbProtocol: "https",
        instancePort: 8080,
        instanceProtocol: "http",
        sslCertificateId: "arn:aws:iam::123456789012:server-certificate/shop",
      },
    ],
    healthCheck: {
      target: "HTTP:8080/healthz",
      interval: 15,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
    desyncMitigationMode: "strictest",
    ...args,
  });
}

/** Sets the load balancer's TLS policy on port 443. */
export function classicTls(
  balancer: aws.elb.LoadBalancer,
  policy = "ELBSecurityPolicy-TLS-1-2-2017-01",
): aws.elb.SslNegotiationPolicy {
  return new aws.elb.SslNegotiationPolicy("tls", {
    loadBalancer: balancer.id,
    lbPort: 443,
    attributes: [{ name: "Reference-Security-Policy", value: policy }],
  });
}
