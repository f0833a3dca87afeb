// Visitors come by HTTPS, and a function at CloudFront's edge sends them back to plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "cloudfront",
  says: /code redirects viewers to an address that begins with "http:"/,
};

export function program(mended: boolean): void {
  new aws.cloudfront.Function("canonical-host", {
    runtime: "cloudfront-js-2.0",
    code: `
      function handler(event) {
        var request = event.request;
        if (request.headers.host.value === "shop.example.com") return request;
        return {
          statusCode: 301,
          statusDescription: "Moved Permanently",
          headers: { location: { value: "${mended ? "https" : "http"}://shop.example.com" + request.uri } },
        };
      }`,
  });
}
