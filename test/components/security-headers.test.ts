import assert from "node:assert/strict";

import { strictTransportSecurity } from "../../components/load-balancer/security-headers";

describe("strictTransportSecurity", () => {
  const headers = { hstsMaxAgeSeconds: 31_536_000, hstsIncludeSubDomains: false, contentSecurityPolicy: "" };

  it("applies to the domain name only, unless subdomains are included", () => {
    assert.equal(strictTransportSecurity(headers), "max-age=31536000");
    assert.equal(
      strictTransportSecurity({ ...headers, hstsIncludeSubDomains: true }),
      "max-age=31536000; includeSubDomains",
    );
  });

  it("makes browsers forget the policy at zero", () => {
    assert.equal(strictTransportSecurity({ ...headers, hstsMaxAgeSeconds: 0 }), "max-age=0");
  });
});
