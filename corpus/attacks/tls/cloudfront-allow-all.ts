// The default behaviour redirects; the one for images accepts plain HTTP.
import type { Expected } from "../../attack";
import { behavior, distribution } from "../../cloudfront";

export const expected: Expected = {
  rule: "cloudfront",
  says: /orderedCacheBehaviors\[0\]\.viewerProtocolPolicy is "allow-all"/,
};

export function program(mended: boolean): void {
  distribution({
    orderedCacheBehaviors: [
      {
        ...behavior,
        pathPattern: "/images/*",
        viewerProtocolPolicy: mended ? "redirect-to-https" : "allow-all",
      },
    ],
  });
}
