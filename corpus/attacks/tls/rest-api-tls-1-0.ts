// The API's own endpoint accepts TLS 1.0, without a custom domain.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "api-gateway-tls", says: /securityPolicy is "TLS_1_0"/ };

export function program(mended: boolean): void {
  new aws.apigateway.RestApi("shop", {
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: mended ? "TLS_1_2" : "TLS_1_0",
  });
}
