import assert from "node:assert/strict";
import fc from "fast-check";
import { toPolicy } from "../../../../policies/catalog";
import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { instancesLeft, peakCapacity } from "../../../../policies/rules/resilience/peak-capacity";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("peak-capacity", () => {
  const suite = new RuleSuite("peak-capacity");
  suite.checkSentences(AUTO_SCALING_GROUP[0], [
    { title: "requires nothing until a peak is configured", props: { maxSize: 1 }, says: [] },
    {
      title: "requires nothing for an unknown size until a peak is configured",
      props: { maxSize: UNKNOWN },
      says: [],
    },
  ]);

  const judge = (maxSize: unknown, peakInstances: number, zones: number): string[] =>
    peakCapacity
      .judge(
        { type: AUTO_SCALING_GROUP[0], name: "it", urn: "", props: { maxSize } },
        { peakInstances, zones },
      )
      .map(({ message }) => message);

  it("requires a maximum size that carries the peak after the loss of a zone", () => {
    assert.deepEqual(judge(12, 8, 3), []);
    assert.match(judge(11, 8, 3)[0] ?? "", /^maxSize is 11; it must be a literal number of at least 12/);
    assert.match(judge(15, 8, 2)[0] ?? "", /\nFix: \{ maxSize: 16 \}$/);
  });

  it("requires nothing for a group that is kept empty, such as the idle colour of a blue-green pair", () => {
    assert.deepEqual(judge(0, 8, 3), []);
    assert.equal(judge(1, 8, 3).length, 1);
  });

  it("refuses a size that is absent, null or of an unexpected type", () => {
    for (const maxSize of [undefined, null, [12], secret(12), "many"])
      assert.equal(judge(maxSize, 8, 3).length, 1);
  });

  it("passes exactly the sizes that carry the peak without the fullest zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 2, max: 6 }),
        (maxSize, peak, zones) => {
          const perZone = Array.from({ length: zones }, (_, zone) => Math.floor((maxSize + zone) / zones));
          const left = maxSize - Math.max(...perZone);
          assert.equal(instancesLeft(maxSize, zones), left);
          assert.equal(judge(maxSize, peak, zones).length === 0, left >= peak);
        },
      ),
    );
  });

  it("shows sizes written as digits, and no other text", () => {
    for (const size of ["11", "-1", "7"]) assert.match(judge(size, 8, 3)[0] ?? "", RegExp(`is "${size}"`));
    for (const size of ["x1", "1x", "many"]) assert.match(judge(size, 8, 3)[0] ?? "", /is another string/);
  });

  it("reads its settings from the configuration", () => {
    assert.deepEqual(Object.keys(toPolicy(peakCapacity).configSchema?.properties ?? {}), [
      "peakInstances",
      "zones",
      "exemptions",
    ]);
  });
});
