// Visitors use HTTPS, and the API forwards their requests over the internet in plain text.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-gateway-tls",
  says: /integrationUri begins with "http:", so that requests cross the internet in clear text/,
};

export function program(mended: boolean): void {
  const api = new aws.apigatewayv2.Api("shop", { protocolType: "HTTP" });
  new aws.apigatewayv2.Integration("orders", {
    apiId: api.id,
    integrationType: "HTTP_PROXY",
    integrationMethod: "ANY",
    integrationUri: `${mended ? "https" : "http"}://orders.example.com/{proxy}`,
  });
}
