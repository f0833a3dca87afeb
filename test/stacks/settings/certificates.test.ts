import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { isAccepted, messageOf } from "../../support/settings";

describe("Domain names", () => {
  const alternatives = (some: readonly string[]): Record<string, string> => ({
    "certificate.subjectAlternativeNames": JSON.stringify(some),
  });
  const numbered = (count: number, under = "example.com"): string[] =>
    Array.from({ length: count }, (_, index) => `n${index}.${under}`);

  it("are limited to what a load balancer's certificates cover, including wildcards", () => {
    assert.ok(isAccepted(alternatives(numbered(34))));
    assert.ok(isAccepted(alternatives(["*.shop.example.com", ...numbered(99, "shop.example.com")])));
    assert.equal(
      messageOf(alternatives(numbered(36)))
        .split("\n")
        .slice(2)
        .filter((line) => !line.includes("got:"))
        .join("\n"),
      [
        "web-store:certificate.subjectAlternativeNames",
        "  allowed: up to 9 names, and 25 more that no wildcard covers: each of those needs a certificate, and a load balancer allows no more; there are 27",
        "  remedy:  add a wildcard such as *.example.com to the names, or set certificate.arn to a certificate for all of them",
      ].join("\n"),
    );
    assert.match(messageOf(alternatives(numbered(101))), /allowed: up to 100 different lowercase DNS names/);
  });

  it("are limited to 100 on a certificate of yours", () => {
    const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    assert.ok(isAccepted({ ...alternatives(numbered(100)), "certificate.arn": arn }));
  });

  it("are limited to nine, and to names that their wildcards cover, on the certificate for CloudFront", () => {
    const cdn = (value: object) => ({ cdn: JSON.stringify({ enabled: true, ...value }) });
    const arn = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    assert.match(
      messageOf({ ...alternatives(numbered(11)), ...cdn({}) }),
      /allowed: up to 9 names and names that their wildcards cover, because cdn\.enabled is true: .* these need 3\n {2}remedy: {2}remove n9\.example\.com, n10\.example\.com, or set cdn\.certificateArn/,
    );
    assert.match(
      messageOf({
        ...alternatives(["*.x.example.com", ...numbered(8), "a.x.example.com", "last.example.com"]),
        ...cdn({}),
      }),
      /these need 2\n {2}remedy: {2}remove last\.example\.com, or/,
    );
    assert.match(
      messageOf({ ...alternatives(numbered(100)), ...cdn({ certificateArn: arn }) }),
      /allowed: up to 99 names in addition to domainName, because cdn\.enabled is true: CloudFront serves 100/,
    );
    const home = { "certificate.arn": arn.replace("us-east-1", "eu-west-1") };
    assert.ok(isAccepted({ ...alternatives(numbered(99)), ...home, ...cdn({ certificateArn: arn }) }));
    assert.ok(isAccepted({ ...alternatives(numbered(11)), ...cdn({ certificateArn: arn }) }));
    assert.ok(isAccepted({ ...alternatives(numbered(9)), ...cdn({}) }));
  });

  it("after the ninth must be valid as the first name of a certificate", () => {
    const long = `${"l".repeat(60)}.example.com`;
    assert.ok(isAccepted(alternatives([long, ...numbered(9)])));
    assert.match(
      messageOf(alternatives([...numbered(9), long])),
      /allowed: names of up to 64 characters after the first 9, as each is the first name of a certificate\n {2}remedy: {2}put l+\.example\.com among the first 9/,
    );
  });

  it("are limited on a certificate of yours to what the proxies' user data holds", () => {
    const label = (text: string): string =>
      createHash("sha512")
        .update(text)
        .digest("base64")
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "x")
        .slice(0, 60);
    const long = numbered(100).map(
      (name) => `${[1, 2, 3].map((part) => label(name + part)).join(".")}.${name}`,
    );
    const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    const all = { ...alternatives(long), "certificate.arn": arn };
    const haproxy = { loadBalancing: JSON.stringify({ engine: "haproxy" }) };
    assert.ok(isAccepted(all));
    assert.match(
      messageOf({ ...all, ...haproxy }),
      /allowed: fewer or shorter names, where proxies answer .* 16384 bytes .* compressed/,
    );
    assert.ok(isAccepted({ ...all, ...haproxy, proxy: JSON.stringify({ onlyOwnHosts: false }) }));
    assert.ok(isAccepted({ ...alternatives(numbered(34)), ...haproxy }));
  });

  it("must be unique", () => {
    assert.match(
      messageOf(alternatives([...numbered(12), "n3.example.com"])),
      /different lowercase DNS names/,
    );
    assert.match(
      messageOf(alternatives([...numbered(12), "store.example.com"])),
      /names other than domainName/,
    );
  });
});
