// Viewers use HTTPS; CloudFront fetches from the origin over the internet in plain text.
import type { Expected } from "../../attack";
import { distribution, origin } from "../../cloudfront";

export const expected: Expected = { rule: "cloudfront", says: /originProtocolPolicy is "http-only"/ };

export function program(mended: boolean): void {
  distribution({
    origins: [
      {
        ...origin,
        customOriginConfig: {
          ...origin.customOriginConfig,
          originProtocolPolicy: mended ? "https-only" : "http-only",
        },
      },
    ],
  });
}
