import assert from "node:assert/strict";

import fc from "fast-check";

import { LOG_FIELDS, originKeepaliveSeconds } from "../../components/edge/cloudfront";

describe("originKeepaliveSeconds", () => {
  it("is less than the balancer's idle timeout if possible, and within CloudFront's limits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), (idle) => {
        const seconds = originKeepaliveSeconds(idle);
        assert.ok(seconds >= 1 && seconds <= 60);
        assert.ok(idle === 1 || seconds < idle);
      }),
    );
  });
});

describe("LOG_FIELDS", () => {
  it("contains CloudFront's field names, each once, and no cookies", () => {
    for (const field of LOG_FIELDS) assert.match(field, /^[a-z]+(-[a-z0-9]+)*(\([A-Za-z-]+\))?$/);
    assert.equal(new Set(LOG_FIELDS).size, LOG_FIELDS.length);
    assert.ok(!LOG_FIELDS.includes("cs(Cookie)"));
  });
});
