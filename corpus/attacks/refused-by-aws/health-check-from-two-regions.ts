// Route 53 checks from at least three Regions, which only its API model states.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-constraints",
  says: /regions has 2 elements; AWS allows 3 to 64 \(HealthCheckConfig\.Regions of route53 CreateHealthCheck, https:/,
};

export function program(mended: boolean): void {
  new aws.route53.HealthCheck("shop", {
    type: "HTTPS",
    fqdn: "shop.example.com",
    port: 443,
    requestInterval: 30,
    failureThreshold: 3,
    regions: ["eu-west-1", "us-east-1", ...(mended ? ["us-west-2"] : [])],
  });
}
