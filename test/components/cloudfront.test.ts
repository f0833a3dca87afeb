import assert from "node:assert/strict";

import fc from "fast-check";

import { originKeepaliveSeconds } from "../../components/edge/cloudfront";

describe("originKeepaliveSeconds", () => {
  it("stays below the balancer's idle timeout where that can be, and within what CloudFront takes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), (idle) => {
        const seconds = originKeepaliveSeconds(idle);
        assert.ok(seconds >= 1 && seconds <= 60);
        assert.ok(idle === 1 || seconds < idle);
      }),
    );
  });
});
