import assert from "node:assert/strict";
import { LISTENER } from "../../../../policies/resources";
import { POST_QUANTUM_POLICIES, SSL_POLICIES } from "../../../../policies/rules/tls/ssl-policies";
import { UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const HTTPS = {
  port: 443,
  protocol: "HTTPS",
  certificateArn: UNKNOWN,
  defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }],
};

describe("tls-listeners with postQuantumOnly", () => {
  const suite = new RuleSuite("tls-listeners");
  before(() => suite.configure({ postQuantumOnly: true }));

  it("knows the four post-quantum policies", () => {
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

  for (const [sslPolicy, says] of [
    ["ELBSecurityPolicy-TLS13-1-0-PQ-2025-09", 'sslPolicy is "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"'],
    ["ELBSecurityPolicy-TLS13-1-2-PQ-2025-09", 'sslPolicy is "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09"'],
    [UNKNOWN, "sslPolicy is not known"],
  ] as const) {
    it(`refuses a listener that has ${says}`, async () => {
      const props = { ...HTTPS, sslPolicy };
      const messages = await suite.judge({ type: LISTENER[0], props });
      assert.ok(messages.length === 1 && messages[0]!.includes(says));
    });
  }
});
