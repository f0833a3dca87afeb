// A behaviour names an origin that the distribution does not have.
import type { Expected } from "../../attack";
import { behavior, distribution } from "../../cloudfront";

export const expected: Expected = {
  rule: "relations",
  says: /targetOriginId in orderedCacheBehaviors is not an origin of the distribution/,
};

export function program(mended: boolean): void {
  distribution({
    orderedCacheBehaviors: [
      { ...behavior, pathPattern: "/images/*", targetOriginId: mended ? behavior.targetOriginId : "images" },
    ],
  });
}
