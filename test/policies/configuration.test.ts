import assert from "node:assert/strict";

import { CATALOG } from "../../policies/catalog";
import { type Finding, packForSuite, type PolicySettings, urnOf } from "../support/pack";

const PLAIN = { type: "aws:lb/listener:Listener", name: "plain", props: { protocol: "HTTP" } };
const OTHER = { ...PLAIN, name: "other" };

/** The date in a number of days from today. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const LATER = inDays(30);

describe("The pack's configuration", () => {
  const pack = packForSuite({ directory: "policies" });
  afterEach(() => pack().configure({}));

  const judge = async (resource: typeof PLAIN): Promise<readonly Finding[]> => {
    const { findings } = await pack().analyze(resource);
    return findings.filter(({ policy }) => policy === "tls-listeners");
  };
  const levelsOf = (findings: readonly Finding[]): string[] => findings.map(({ level }) => level);
  const exempted = (exemption: unknown): Promise<void> =>
    pack().configure({ "tls-listeners": { exemptions: [exemption] } });
  const exemption = { urn: urnOf(PLAIN), reason: "moves on Monday (Ada)", expires: LATER };

  it("sets a rule's level", async () => {
    await pack().configure({ "tls-listeners": { level: "advisory" } });
    assert.deepEqual(
      (await judge(PLAIN)).map(({ level }) => level),
      ["advisory"],
    );
  });

  it("exempts the resource that it names and no other, and shows the last day and the reason", async () => {
    await exempted(exemption);
    const [exempt, ...more] = await judge(PLAIN);
    assert.deepEqual([exempt?.level, more], ["advisory", []]);
    assert.match(
      exempt?.message ?? "",
      new RegExp(`^.+\\nExempt until ${LATER}: moves on Monday \\(Ada\\)\\n(.+\\n)+Fix: .+$`),
    );
    assert.deepEqual(levelsOf(await judge(OTHER)), ["mandatory"]);
  });

  it("exempts each resource of a list, for one reason, and reports those that need no exemption", async () => {
    const unneeded = urnOf({ ...PLAIN, name: "unneeded" });
    await exempted({ ...exemption, urn: [urnOf(PLAIN), urnOf(OTHER), unneeded] });
    for (const resource of [PLAIN, OTHER]) {
      const [finding] = await judge(resource);
      assert.equal(finding?.level, "advisory");
      assert.match(finding.message, new RegExp(`Exempt until ${LATER}: moves on Monday`));
    }
    assert.deepEqual(levelsOf(await judge({ ...PLAIN, name: "third" })), ["mandatory"]);
    const { findings } = await pack().analyzeStack([]);
    assert.deepEqual(
      findings.map(({ message }) => /of (\S+) from/.exec(message)?.[1]),
      [unneeded],
    );
  });

  it("is named in the finding as the place for an exemption", async () => {
    const [finding] = await judge(PLAIN);
    assert.match(
      finding?.message ?? "",
      /; or, if it is safe as it is, use an exemption with a reason and a last day in the configuration of tls-listeners$/,
    );
  });

  it("exempts from the rule that it configures and from no other", async () => {
    await pack().configure({ "target-group-health": { exemptions: [exemption] } });
    assert.equal((await judge(PLAIN)).length, 1);
  });

  it("still exempts on the last day", async () => {
    await exempted({ ...exemption, expires: inDays(0) });
    assert.deepEqual(levelsOf(await judge(PLAIN)), ["advisory"]);
  });

  it("is refused if one of several exemptions is wrong", async () => {
    await pack().configure({ "tls-listeners": { exemptions: [exemption, { ...exemption, reason: "" }] } });
    await assert.rejects(judge(PLAIN), /configuration of policy tls-listeners is wrong: exemptions is/);
  });

  it("ends an exemption after its last day, and the finding shows that day", async () => {
    await exempted({ ...exemption, expires: "2020-01-31" });
    const [finding] = await judge(PLAIN);
    assert.match(finding?.message ?? "", /Its exemption expired on 2020-01-31/);
    assert.equal(finding?.level, "mandatory");
  });

  it("reports an exemption that no resource needed", async () => {
    await exempted({ ...exemption, urn: urnOf({ ...PLAIN, name: "long-gone" }) });
    await judge(PLAIN);
    const { findings } = await pack().analyzeStack([]);
    const [finding, ...others] = findings.filter(({ policy }) => policy === "exemptions-in-use");
    assert.equal(others.length, 0);
    assert.match(
      finding?.message ?? "",
      /long-gone from tls-listeners, until \d{4}-\d{2}-\d{2}, does not exempt anything/,
    );
    assert.equal(finding?.level, "advisory");
  });

  for (const [whose, urn, reports] of [
    ["of the stack that is judged", urnOf({ ...PLAIN, name: "gone" }), 1],
    ["of another stack", urnOf(PLAIN).replace("urn:pulumi:", "urn:pulumi:another-"), 0],
    ["of another project", urnOf(PLAIN).replace(/^(.+?::)/, "$1another-"), 0],
  ] as const) {
    it(`${reports ? "reports" : "does not report"} an unneeded exemption ${whose}`, async () => {
      await exempted({ ...exemption, urn });
      await judge(PLAIN);
      const { findings } = await pack().analyzeStack([PLAIN]);
      const own = findings.filter(({ policy }) => policy === "exemptions-in-use");
      assert.equal(own.length, reports);
    });
  }

  it("reports an exemption from a rule that had nothing to judge", async () => {
    await exempted({ ...exemption, urn: urnOf({ ...PLAIN, name: "never-there" }) });
    await pack().analyze({ type: "acme:web/thing:Thing", props: {} });
    const { findings } = await pack().analyzeStack([]);
    assert.deepEqual(
      findings.map(({ policy, message }) => [policy, message.includes("never-there from tls-listeners")]),
      [["exemptions-in-use", true]],
    );
  });

  for (const [days, maxDays, level] of [
    [366, undefined, []],
    [367, undefined, ["mandatory"]],
    [31, 30, ["mandatory"]],
    [30, 30, []],
  ] as const) {
    it(`${level.length === 0 ? "accepts" : "refuses"} an exemption of ${days} days with maxDays ${maxDays ?? "by default"}`, async () => {
      const settings = maxDays === undefined ? {} : { "exemptions-in-use": { maxDays } };
      const given = { "tls-listeners": { exemptions: [{ ...exemption, expires: inDays(days) }] } };
      await pack().configure({ ...given, ...settings });
      await judge(PLAIN);
      const { findings } = await pack().analyzeStack([]);
      assert.deepEqual(levelsOf(findings), level);
      const limit = inDays(maxDays ?? 366);
      for (const { message } of findings) {
        assert.ok(message.includes(`it must end by ${limit}, in ${maxDays ?? 366} days (setting maxDays)`));
        assert.ok(
          message.includes(`"expires": "${limit}" or earlier, in the configuration of tls-listeners`),
        );
      }
    });
  }

  it("does not report an exemption that was needed", async () => {
    await exempted(exemption);
    await judge(PLAIN);
    const { findings } = await pack().analyzeStack([]);
    assert.deepEqual(findings, []);
  });

  for (const [problem, bad] of Object.entries({
    "no reason": { urn: exemption.urn, expires: exemption.expires },
    "an empty reason": { ...exemption, reason: " " },
    "no last day": { urn: exemption.urn, reason: exemption.reason },
    "a day that the calendar lacks": { ...exemption, expires: "2027-02-30" },
    "a month that the calendar lacks": { ...exemption, expires: "2027-13-01" },
    "a number for a reason": { ...exemption, reason: 5 },
    "a pattern for a URN": { ...exemption, urn: "urn:pulumi:*" },
    "no URN in its list": { ...exemption, urn: [] },
    "a pattern among its URNs": { ...exemption, urn: [exemption.urn, "urn:pulumi:*"] },
    "a number among its URNs": { ...exemption, urn: [exemption.urn, 5] },
    "lists in its list of URNs": { ...exemption, urn: [[exemption.urn]] },
    "a name for a URN": { ...exemption, urn: "plain" },
    "an additional key": { ...exemption, approvedBy: "me" },
    "a text for an object": "plain",
    "nothing for an object": null,
    "a URN with something before it": { ...exemption, urn: `the ${exemption.urn}` },
    "a pattern at the end of a URN": { ...exemption, urn: `${exemption.urn}*` },
    "a time for a day": { ...exemption, expires: `${LATER}T00:00:00Z` },
    "something before the day": { ...exemption, expires: `on ${LATER}` },
  })) {
    it(`is refused with an exemption that has ${problem}`, async () => {
      await exempted(bad);
      await assert.rejects(judge(PLAIN), /configuration of policy tls-listeners is wrong: exemptions is/);
    });
  }

  describe("for a rule's advisory findings", () => {
    const likely = {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      props: { userData: "password=correct-horse" },
    };
    const { description } = CATALOG.find(({ id }) => id === "user-data-secrets")!;
    const heard = async (settings: PolicySettings): Promise<readonly Finding[]> => {
      await pack().configure({ "user-data-secrets": settings });
      return (await pack().analyze(likely)).findings.filter(({ policy }) => policy === "user-data-secrets");
    };
    for (const [settings, levels] of [
      [{}, ["advisory"]],
      [{ adviceLevel: "advisory" }, ["advisory"]],
      [{ adviceLevel: "mandatory" }, ["mandatory"]],
      [{ adviceLevel: "disabled" }, []],
      [{ adviceLevel: "mandatory", exemptions: [{ ...exemption, urn: urnOf(likely) }] }, ["advisory"]],
    ] as const) {
      it(`sets the level ${levels[0] ?? "disabled"} with ${Object.keys(settings).join(", ") || "nothing"} set`, async () => {
        const findings = await heard(settings);
        assert.deepEqual(levelsOf(findings), levels);
        for (const { message } of findings) assert.ok(message.startsWith(`${description}\n`), message);
      });
    }

    it("is refused with a value that is not a level", () =>
      assert.rejects(
        heard({ adviceLevel: "advice" }),
        /adviceLevel is "advice"; it must be advisory, mandatory, disabled/,
      ));
  });

  it("is refused with a key that the rule lacks: all problems at once, without a stack trace", async () => {
    await pack().configure({ "tls-listeners": { postQuantumOnle: true, exemptions: 5 } });
    await assert.rejects(judge(PLAIN), (error: Error) => {
      assert.match(error.message, /postQuantumOnle is no setting of it: did you mean postQuantumOnly\?/);
      assert.match(error.message, /exemptions is 5; it must be a list/);
      assert.doesNotMatch(error.message, /\n +at /);
      return true;
    });
  });
});
