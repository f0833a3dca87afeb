// API Gateway has no plain HTTP, but its custom domain takes TLS 1.0 if told to.
import * as aws from "@pulumi/aws";

new aws.apigateway.DomainName("api", {
  domainName: "api.example.com",
  regionalCertificateArn:
    "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  endpointConfiguration: { types: "REGIONAL" },
  securityPolicy: "TLS_1_0",
});
