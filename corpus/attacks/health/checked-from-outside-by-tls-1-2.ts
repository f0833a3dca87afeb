// The listener accepts TLS 1.3 only, which Route 53's health checkers do not support, so it is always unhealthy.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "route-health-check-tls",
  says: /type is "HTTPS" and it checks listener "https", which accepts TLS 1\.3 only/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const shop = balancer(subnetIds);
  new aws.lb.Listener("https", {
    ...httpsListener(shop.arn),
    sslPolicy: mended
      ? "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
      : "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
  new aws.route53.Record("shop", {
    zoneId: "Z0123456789ABCDEFGHIJ",
    name: "shop.example.com",
    type: "A",
    aliases: [{ name: shop.dnsName, zoneId: shop.zoneId, evaluateTargetHealth: true }],
  });
  new aws.route53.HealthCheck("outside", {
    type: "HTTPS",
    fqdn: "shop.example.com",
    port: 443,
    resourcePath: "/healthz",
    requestInterval: 30,
    failureThreshold: 3,
  });
}
