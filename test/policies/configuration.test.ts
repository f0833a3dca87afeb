import assert from "node:assert/strict";

import { type Finding, packForSuite, urnOf } from "../support/pack";

const PLAIN = { type: "aws:lb/listener:Listener", name: "plain", props: { protocol: "HTTP" } };
const OTHER = { ...PLAIN, name: "other" };

describe("The pack's configuration", () => {
  const pack = packForSuite({ directory: "policies" });
  afterEach(() => pack().configure({}));

  const judge = async (resource: typeof PLAIN): Promise<readonly Finding[]> => {
    const { findings } = await pack().analyze(resource);
    return findings.filter(({ policy }) => policy === "tls-listeners");
  };
  const exempted = (exemption: unknown): Promise<void> =>
    pack().configure({ "tls-listeners": { exemptions: [exemption] } });
  const exemption = { urn: urnOf(PLAIN), reason: "moves on Monday (Ada)", expires: "2999-12-31" };

  it("sets a rule's level", async () => {
    await pack().configure({ "tls-listeners": { level: "advisory" } });
    assert.deepEqual(
      (await judge(PLAIN)).map(({ level }) => level),
      ["advisory"],
    );
  });

  it("exempts the resource it names, and no other", async () => {
    await exempted(exemption);
    assert.equal((await judge(PLAIN)).length, 0);
    assert.equal((await judge(OTHER)).length, 1);
  });

  it("exempts from the rule it stands in, and from no other", async () => {
    await pack().configure({ "target-group-health": { exemptions: [exemption] } });
    assert.equal((await judge(PLAIN)).length, 1);
  });

  it("exempts on the last day still", async () => {
    await exempted({ ...exemption, expires: new Date().toISOString().slice(0, 10) });
    assert.equal((await judge(PLAIN)).length, 0);
  });

  it("is refused with one bad exemption among good ones", async () => {
    await pack().configure({ "tls-listeners": { exemptions: [exemption, { ...exemption, reason: "" }] } });
    await assert.rejects(judge(PLAIN), /configuration of policy tls-listeners is wrong: exemptions is/);
  });

  it("lets no exemption live on after its last day, and says when that was", async () => {
    await exempted({ ...exemption, expires: "2020-01-31" });
    const [finding] = await judge(PLAIN);
    assert.match(finding?.message ?? "", /Its exemption expired on 2020-01-31/);
    assert.equal(finding?.level, "mandatory");
  });

  it("reports an exemption that nothing has needed", async () => {
    await exempted({ ...exemption, urn: urnOf({ ...PLAIN, name: "long-gone" }) });
    await judge(PLAIN);
    const { findings } = await pack().analyzeStack([]);
    const [finding, ...others] = findings.filter(({ policy }) => policy === "exemptions-in-use");
    assert.equal(others.length, 0);
    assert.match(
      finding?.message ?? "",
      /long-gone from tls-listeners, until 2999-12-31, has nothing to exempt/,
    );
    assert.equal(finding?.level, "advisory");
  });

  it("reports an exemption from a rule that had nothing at all to judge", async () => {
    await exempted({ ...exemption, urn: urnOf({ ...PLAIN, name: "never-there" }) });
    await pack().analyze({ type: "acme:web/thing:Thing", props: {} });
    const { findings } = await pack().analyzeStack([]);
    assert.deepEqual(
      findings.map(({ policy, message }) => [policy, message.includes("never-there from tls-listeners")]),
      [["exemptions-in-use", true]],
    );
  });

  it("reports none that has been needed", async () => {
    await exempted(exemption);
    await judge(PLAIN);
    const { findings } = await pack().analyzeStack([]);
    assert.deepEqual(findings, []);
  });

  for (const [fault, bad] of Object.entries({
    "no reason": { urn: exemption.urn, expires: exemption.expires },
    "an empty reason": { ...exemption, reason: " " },
    "no last day": { urn: exemption.urn, reason: exemption.reason },
    "a day that the calendar lacks": { ...exemption, expires: "2027-02-30" },
    "a pattern for a URN": { ...exemption, urn: "urn:pulumi:*" },
    "a name for a URN": { ...exemption, urn: "plain" },
    "a key of its own": { ...exemption, approvedBy: "me" },
    "a text for an object": "plain",
    "nothing for an object": null,
    "a URN with something before it": { ...exemption, urn: `the ${exemption.urn}` },
    "a pattern at the end of a URN": { ...exemption, urn: `${exemption.urn}*` },
    "a time for a day": { ...exemption, expires: "2999-12-31T00:00:00Z" },
    "something before the day": { ...exemption, expires: "on 2999-12-31" },
  })) {
    it(`is refused with an exemption that has ${fault}`, async () => {
      await exempted(bad);
      await assert.rejects(judge(PLAIN), /configuration of policy tls-listeners is wrong: exemptions is/);
    });
  }

  it("is refused with a key that the rule lacks, all faults at once", async () => {
    await pack().configure({ "tls-listeners": { postQuantum: true, exemptions: 5 } });
    await assert.rejects(judge(PLAIN), (error: Error) => {
      assert.match(error.message, /postQuantum is no setting of it/);
      assert.match(error.message, /exemptions is 5; it must be a list/);
      return true;
    });
  });
});
