import assert from "node:assert/strict";

import { strictTransportSecurity } from "../../components/load-balancer/security-headers";

describe("strictTransportSecurity", () => {
  const headers = { hstsMaxAgeSeconds: 31_536_000, hstsIncludeSubDomains: false, contentSecurityPolicy: "" };

  it("is for the name alone, unless told otherwise", () => {
    assert.equal(strictTransportSecurity(headers), "max-age=31536000");
    assert.equal(
      strictTransportSecurity({ ...headers, hstsIncludeSubDomains: true }),
      "max-age=31536000; includeSubDomains",
    );
  });

  it("tells browsers to forget by zero", () => {
    assert.equal(strictTransportSecurity({ ...headers, hstsMaxAgeSeconds: 0 }), "max-age=0");
  });
});
