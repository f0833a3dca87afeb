// No child has to be healthy for the calculated check, so the primary counts as healthy even when nothing answers.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "dns-failover",
  says: /childHealthThreshold of its health check "shop" is 0, so it always counts as healthy/,
};

export function program(mended: boolean): void {
  const page = new aws.route53.HealthCheck("page", {
    type: "HTTPS",
    fqdn: "primary.shop.example.com",
    port: 443,
    resourcePath: "/healthz",
    failureThreshold: 3,
    requestInterval: 30,
  });
  const check = new aws.route53.HealthCheck("shop", {
    type: "CALCULATED",
    childHealthchecks: [page.id],
    childHealthThreshold: mended ? 1 : 0,
  });
  const record = { zoneId: "Z0123456789ABC", name: "shop.example.com", type: "A", ttl: 60 };
  new aws.route53.Record("primary", {
    ...record,
    records: ["192.0.2.1"],
    setIdentifier: "primary",
    healthCheckId: check.id,
    failoverRoutingPolicies: [{ type: "PRIMARY" }],
  });
  new aws.route53.Record("secondary", {
    ...record,
    records: ["192.0.2.2"],
    setIdentifier: "secondary",
    failoverRoutingPolicies: [{ type: "SECONDARY" }],
  });
}
