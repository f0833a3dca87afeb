import assert from "node:assert/strict";
import fc from "fast-check";
import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER, TARGET_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("load-balancing-names", () => {
  const suite = RuleSuite.ofProse("balancer-name");
  const ofTargetGroups = RuleSuite.ofProse("target-group-name");

  describe("on a load balancer", () => {
    suite.checkSentences(LOAD_BALANCER[0], [
      { title: "passes a good name", props: { name: "store-web-1" }, says: [] },
      { title: "passes an absent name", props: {}, says: [] },
      { title: "passes a null name", props: { name: null }, says: [] },
      { title: "passes an unknown name", props: { name: UNKNOWN }, says: [] },
      { title: "passes a good secret name", props: { name: secret("store") }, says: [] },
      { title: "passes a number, which the provider converts to a text", props: { name: 42 }, says: [] },
      { title: "passes an empty name, which the provider treats as absent", props: { name: "" }, says: [] },
      { title: "passes a prefix that ends with a hyphen", props: { namePrefix: "store-" }, says: [] },
      { title: "refuses a list", props: { name: ["store"] }, says: ["name is a list; it must be a string"] },
      {
        title: "refuses an underscore",
        props: { name: "my_store" },
        says: ["name has characters other than letters, digits and hyphens; AWS allows only these"],
      },
      {
        title: "refuses a hyphen at the start",
        props: { name: "-store" },
        says: ["name begins with a hyphen; it must not"],
      },
      {
        title: "refuses a hyphen at the end",
        props: { name: "store-" },
        says: ["name ends with a hyphen; it must not"],
      },
      {
        title: "refuses AWS's reserved prefix",
        props: { name: "internal-store" },
        says: ['name begins with "internal-", which AWS reserves; it must not'],
      },
      {
        title: "refuses a long prefix",
        props: { namePrefix: "store-w" },
        says: ["namePrefix has 7 characters; AWS allows at most 6"],
      },
      {
        title: "reports all problems of name and prefix at once",
        props: { name: "-a_", namePrefix: "-toolong" },
        says: [
          "name has characters other than letters, digits and hyphens; AWS allows only these",
          "name begins with a hyphen; it must not",
          "namePrefix has 8 characters; AWS allows at most 6",
          "namePrefix begins with a hyphen; it must not",
        ],
      },
      {
        title: "judges the prefix beside an unknown name",
        props: { name: UNKNOWN, namePrefix: "_" },
        says: ["namePrefix has characters other than letters, digits and hyphens; AWS allows only these"],
      },
    ]);

    it("never repeats a name, which may be secret", async () => {
      const problems = await suite.sentencesOf({
        type: LOAD_BALANCER[0],
        props: { name: secret("hunter2_") },
      });
      assert.equal(problems.length, 1);
      assert.ok(!problems[0]!.includes("hunter2"));
    });
  });

  it("passes the prefix internal- on a target group, for which AWS does not reserve it", async () => {
    assert.deepEqual(
      await ofTargetGroups.sentencesOf({ type: TARGET_GROUP[0], props: { name: "internal-web" } }),
      [],
    );
  });

  for (const [types, line] of [
    [[...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER], suite],
    [TARGET_GROUP, ofTargetGroups],
  ] as const) {
    for (const type of types) {
      it(`judges ${type}`, async () => {
        assert.equal((await line.sentencesOf({ type, props: { name: "a_b" } })).length, 1);
      });
    }
  }

  it("accepts names of letters, digits and inner hyphens exactly up to 32 characters", async () => {
    const inner = fc.string({ unit: fc.constantFrom(..."abcXYZ019-"), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(inner, async (middle) => {
        const name = `a${middle}z`;
        const problems = await ofTargetGroups.sentencesOf({ type: TARGET_GROUP[0], props: { name } });
        assert.equal(problems.length, name.length <= 32 ? 0 : 1, name);
      }),
      { numRuns: 60 },
    );
  });

  it("accepts no other character at any position", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(..."_. /ü@:"), fc.nat(5), async (character, at) => {
        const name = `${"abcdef".slice(0, at)}${character}${"abcdef".slice(at)}`;
        assert.equal(
          (await ofTargetGroups.sentencesOf({ type: TARGET_GROUP[0], props: { name } })).length,
          1,
          name,
        );
      }),
      { numRuns: 40 },
    );
  });
});
