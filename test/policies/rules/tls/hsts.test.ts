import assert from "node:assert/strict";
import fc from "fast-check";
import { LISTENER, RESPONSE_HEADERS } from "../../../../policies/resources";
import { maxAge } from "../../../../policies/rules/tls/hsts";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const HEADER = "routingHttpResponseStrictTransportSecurityHeaderValue";
const https = (value: unknown) => ({ protocol: "HTTPS", port: 443, [HEADER]: value });

describe("hsts", () => {
  const suite = new RuleSuite("hsts");
  afterEach(() => suite.reset());

  suite.check(LISTENER[0], [
    { title: "passes a year", props: https("max-age=31536000"), says: [] },
    {
      title: "passes other directives around it",
      props: https("includeSubDomains; Max-Age = 31536000 ;preload"),
      says: [],
    },
    { title: "passes a quoted value", props: https('max-age="300"'), says: [] },
    { title: "passes a secret value", props: https(secret("max-age=300")), says: [] },
    { title: "ignores TLS listeners", props: { protocol: "TLS" }, says: [] },
    { title: "ignores HTTP listeners", props: { protocol: "HTTP" }, says: [] },
    { title: "ignores a listener with an unknown protocol", props: { protocol: UNKNOWN }, says: [] },
    {
      title: "advises against an absent header",
      props: { protocol: "https" },
      says: [`${HEADER} is not set`],
    },
    { title: "advises against a null header", props: https(null), says: [`${HEADER} is not set`] },
    { title: "advises against an unknown value", props: https(UNKNOWN), says: ["is not known"] },
    {
      title: "advises against a max-age of zero",
      props: https("max-age=0"),
      says: [`${HEADER} is "max-age=0"; it must be a literal with a max-age of at least 300`],
    },
    ...["max-age=10; includeSubDomains; preload", "max-age=10;includeSubDomains;preload"].map((value) => ({
      title: `shows what it advises against: ${value}`,
      props: https(value),
      says: [`${HEADER} is "${value}"`],
    })),
    ...["xmax-age=300", "max-age=300x", "max-age; max-age=300", "x; y"].map((value) => ({
      title: `advises against a value without a valid max-age: ${value}`,
      props: https(value),
      says: [`${HEADER} is another string`],
    })),
    {
      title: "passes another directive with a similar name",
      props: https("xmax-age=1; max-age=300"),
      says: [],
    },
    { title: "advises against a header without max-age", props: https("includeSubDomains"), says: [HEADER] },
    {
      title: "advises against two max-age directives, which browsers ignore",
      props: https("max-age=300; max-age=300"),
      says: [HEADER],
    },
    { title: "advises against the wrong type", props: https(31536000), says: ["is 31536000"] },
  ]);
  suite.checkTypes(LISTENER, https("max-age=299"));
  suite.checkSilence(LISTENER[0], https(secret("max-age=1; hunter2")));

  const headers = (strictTransportSecurity: unknown) => ({
    securityHeadersConfig: { strictTransportSecurity },
  });
  const age = (accessControlMaxAgeSec: unknown) => headers({ accessControlMaxAgeSec, override: true });
  const AGE = "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec";
  suite.check(RESPONSE_HEADERS[0], [
    { title: "passes a year in CloudFront", props: age(31_536_000), says: [] },
    { title: "passes digits and secrets in CloudFront", props: age(secret("300")), says: [] },
    { title: "ignores other headers", props: { securityHeadersConfig: {} }, says: [] },
    { title: "ignores a policy without security headers", props: {}, says: [] },
    { title: "ignores a null header", props: headers(null), says: [] },
    {
      title: "advises against CloudFront revoking it",
      props: age(0),
      says: [`${AGE} is 0; it must be a literal number of seconds, at least 300`],
    },
    { title: "advises against too few seconds in digits", props: age("299"), says: [`${AGE} is "299"`] },
    { title: "advises against an unknown age", props: age(UNKNOWN), says: [`${AGE} is not known`] },
    { title: "advises against an unknown header", props: headers(UNKNOWN), says: [`${AGE} is not known`] },
    {
      title: "advises against an absent age",
      props: headers({ override: true }),
      says: [`${AGE} is not set`],
    },
    { title: "advises against an age of the wrong type", props: age([300]), says: [`${AGE} is a list`] },
  ]);
  suite.checkTypes(RESPONSE_HEADERS, age(299));

  it("accepts the configured seconds and no fewer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 63_072_000 }), async (minSeconds) => {
        await suite.configure({ minSeconds });
        const at = (seconds: number): Promise<string[]> =>
          suite.judge({ type: LISTENER[0], props: https(`max-age=${seconds}`) });
        assert.equal((await at(minSeconds)).length, 0);
        assert.equal((await at(minSeconds - 1)).length, 1);
      }),
      { numRuns: 20 },
    );
  });

  it("reads any max-age in any order of directives", () => {
    const other = fc.constantFrom("includeSubDomains", "preload", "", "x=y");
    fc.assert(
      fc.property(fc.nat(), fc.array(other), fc.array(other), (age, before, after) => {
        assert.equal(maxAge([...before, `max-age=${age}`, ...after].join(";")), age);
      }),
    );
  });
});
