import assert from "node:assert/strict";
import { LISTENER } from "../../../../policies/resources";
import { POST_QUANTUM_POLICIES, SSL_POLICIES } from "../../../../policies/rules/tls/listeners";
import { packForSuite, UNKNOWN } from "../../../support/pack";
import { Suite } from "./support";

const HTTPS = {
  port: 443,
  protocol: "HTTPS",
  certificateArn: UNKNOWN,
  defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }],
};

describe("tls-listeners with postQuantumOnly", () => {
  const suite = new Suite(packForSuite({ directory: "policies" }), "tls-listeners");
  before(() => suite.configure({ postQuantumOnly: true }));

  it("knows the four policies that are post-quantum", () => {
    assert.deepEqual([...POST_QUANTUM_POLICIES].sort(), [
      "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
      "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
      "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    ]);
  });

  for (const sslPolicy of SSL_POLICIES) {
    const passes = POST_QUANTUM_POLICIES.includes(sslPolicy);
    it(`${passes ? "passes" : "refuses"} ${sslPolicy}`, async () => {
      const messages = await suite.judge({ type: LISTENER[0], props: { ...HTTPS, sslPolicy } });
      assert.equal(messages.length, passes ? 0 : 1);
      if (!passes) assert.match(messages[0]!, /it must be .* ending in PQ-2025-09 or FIPS-PQ-2025-09/);
    });
  }

  suite.check(LISTENER[0], [
    {
      title: "still refuses a post-quantum policy that allows TLS 1.0",
      props: { ...HTTPS, sslPolicy: "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09" },
      says: ['sslPolicy is "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"'],
    },
    {
      title: "still refuses an unknown policy",
      props: { ...HTTPS, sslPolicy: UNKNOWN },
      says: ["sslPolicy is not known"],
    },
  ]);
});
