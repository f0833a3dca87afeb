// Visitors use HTTPS, and the API's answer sends them to plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-gateway-tls",
  says: /sets method\.response\.header\.Location to an address that begins with "http:"/,
};

export function program(mended: boolean): void {
  const api = new aws.apigateway.RestApi("shop", {
    securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    endpointAccessMode: "BASIC",
  });
  new aws.apigateway.IntegrationResponse("moved", {
    restApi: api.id,
    resourceId: api.rootResourceId,
    httpMethod: "GET",
    statusCode: "301",
    responseParameters: {
      "method.response.header.Location": `'${mended ? "https" : "http"}://shop.example.com/'`,
    },
  });
}
