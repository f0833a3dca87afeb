// The origin sends the header; CloudFront replaces it with one that revokes it.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "hsts",
  says: /strictTransportSecurity\.accessControlMaxAgeSec is 0/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  new aws.cloudfront.ResponseHeadersPolicy("shop", {
    securityHeadersConfig: {
      strictTransportSecurity: { accessControlMaxAgeSec: mended ? 31_536_000 : 0, override: true },
    },
  });
}
