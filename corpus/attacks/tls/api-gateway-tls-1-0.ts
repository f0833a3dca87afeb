// API Gateway has no plain HTTP, but its custom domain can accept TLS 1.0.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "api-gateway-tls", says: /securityPolicy is "TLS_1_0"/ };

export function program(mended: boolean): void {
  new aws.apigateway.DomainName("api", {
    domainName: "api.example.com",
    regionalCertificateArn:
      "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: mended ? "TLS_1_2" : "TLS_1_0",
  });
}
