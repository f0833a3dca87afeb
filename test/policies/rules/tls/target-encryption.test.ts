import assert from "node:assert/strict";
import { TARGET_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, without } from "../../../support/rule-suite";

const PLAIN = { protocol: "HTTP", port: 80, healthCheck: { protocol: "HTTP" } };
const ENCRYPTED = { protocol: "HTTPS", port: 443, healthCheck: { protocol: "HTTPS" } };

describe("target-encryption", () => {
  const suite = new RuleSuite("target-encryption");

  it("requires nothing by default", async () => {
    assert.deepEqual(await suite.judge({ type: TARGET_GROUP[0], props: PLAIN }), []);
  });

  describe("when required", () => {
    before(() => suite.configure({ required: true }));
    suite.check(TARGET_GROUP[0], [
      { title: "passes HTTPS", props: ENCRYPTED, says: [] },
      {
        title: "passes TLS with TCP checks",
        props: { protocol: "tls", healthCheck: { protocol: "TCP" } },
        says: [],
      },
      { title: "passes QUIC", props: { ...ENCRYPTED, protocol: "QUIC" }, says: [] },
      {
        title: "refuses QUIC together with TCP, which may be in plain text",
        props: { ...ENCRYPTED, protocol: "TCP_QUIC" },
        says: ['protocol is "TCP_QUIC"'],
      },
      { title: "passes a valid secret", props: { ...ENCRYPTED, protocol: secret("HTTPS") }, says: [] },
      { title: "passes functions", props: { targetType: "lambda" }, says: [] },
      { title: "passes load balancers as targets", props: { targetType: "alb", protocol: "TCP" }, says: [] },
      { title: "passes a Gateway Load Balancer's GENEVE", props: { protocol: "GENEVE" }, says: [] },
      {
        title: "refuses HTTP, in traffic and in checks",
        props: PLAIN,
        says: [/protocol is "HTTP"; it must be [^]*healthCheck\.protocol is "HTTP"/],
      },
      ...["xHTTPS", "HTTPSx"].map((protocol) => ({
        title: `refuses ${protocol}`,
        props: { protocol, healthCheck: { protocol } },
        says: [/^protocol is another string[^]*^healthCheck\.protocol is another string/m],
      })),
      {
        title: "refuses HTTP checks of encrypted targets",
        props: { ...ENCRYPTED, healthCheck: { protocol: "HTTP" } },
        says: ["healthCheck.protocol"],
      },
      {
        title: "refuses checks without a protocol, which is HTTP",
        props: { ...ENCRYPTED, healthCheck: {} },
        says: ["which means HTTP"],
      },
      { title: "refuses TCP", props: { ...ENCRYPTED, protocol: "TCP" }, says: ['protocol is "TCP"'] },
      {
        title: "refuses an absent protocol",
        props: without(ENCRYPTED, "protocol"),
        says: ["protocol is not set"],
      },
      {
        title: "refuses a null protocol",
        props: { ...ENCRYPTED, protocol: null },
        says: ["protocol is not set"],
      },
      {
        title: "refuses an unknown protocol",
        props: { ...ENCRYPTED, protocol: UNKNOWN },
        says: ["protocol is not known"],
      },
      {
        title: "refuses an unknown type of target",
        props: { ...PLAIN, targetType: UNKNOWN },
        says: ["protocol"],
      },
      {
        title: "refuses an unknown check",
        props: { ...ENCRYPTED, healthCheck: UNKNOWN },
        says: ["healthCheck.protocol is not known"],
      },
      {
        title: "refuses the wrong type",
        props: { ...ENCRYPTED, protocol: ["HTTPS"] },
        says: ["protocol is a list"],
      },
    ]);
    suite.checkTypes(TARGET_GROUP, PLAIN);
    suite.checkSilence(TARGET_GROUP[0], { protocol: secret("hunter2") });
  });
});
