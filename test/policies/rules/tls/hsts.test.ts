import assert from "node:assert/strict";
import fc from "fast-check";
import { LISTENER } from "../../../../policies/resources";
import { maxAge } from "../../../../policies/rules/tls/hsts";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { Suite } from "./support";

const HEADER = "routingHttpResponseStrictTransportSecurityHeaderValue";
const https = (value: unknown) => ({ protocol: "HTTPS", port: 443, [HEADER]: value });

describe("hsts", () => {
  const suite = new Suite(packForSuite({ directory: "policies" }), "hsts", "advisory");
  afterEach(() => suite.reset());

  suite.check(LISTENER[0], [
    { title: "passes a year", props: https("max-age=31536000"), says: [] },
    {
      title: "passes other directives around it",
      props: https("includeSubDomains; Max-Age = 31536000 ;preload"),
      says: [],
    },
    { title: "passes a quoted value", props: https('max-age="300"'), says: [] },
    { title: "passes a secret one", props: https(secret("max-age=300")), says: [] },
    { title: "says nothing of TLS listeners", props: { protocol: "TLS" }, says: [] },
    { title: "says nothing of HTTP listeners", props: { protocol: "HTTP" }, says: [] },
    { title: "says nothing of a listener of unknown protocol", props: { protocol: UNKNOWN }, says: [] },
    { title: "advises against none", props: { protocol: "https" }, says: [`${HEADER} is not set`] },
    { title: "advises against null", props: https(null), says: [`${HEADER} is not set`] },
    { title: "advises against an unknown one", props: https(UNKNOWN), says: ["is not known"] },
    {
      title: "advises against forgetting",
      props: https("max-age=0"),
      says: [`${HEADER} is "max-age=0"; it must be a literal with a max-age of at least 300`],
    },
    { title: "advises against a header without max-age", props: https("includeSubDomains"), says: [HEADER] },
    {
      title: "advises against two ages, which browsers drop",
      props: https("max-age=300; max-age=300"),
      says: [HEADER],
    },
    { title: "advises against the wrong type", props: https(31536000), says: ["is 31536000"] },
  ]);
  suite.checkTypes(LISTENER, https("max-age=299"));
  suite.checkSilence(LISTENER[0], https(secret("max-age=1; hunter2")));

  it("takes the seconds it is configured with and no fewer", async () => {
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

  it("reads any age out of any order of directives", () => {
    const other = fc.constantFrom("includeSubDomains", "preload", "", "x=y");
    fc.assert(
      fc.property(fc.nat(), fc.array(other), fc.array(other), (age, before, after) => {
        assert.equal(maxAge([...before, `max-age=${age}`, ...after].join(";")), age);
      }),
    );
  });
});
