import assert from "node:assert/strict";

import type { Alarm, Stepping } from "../../../packages/rehearse/peak/policies";
import { changeOf, steppedSize, trackedSize, Watch } from "../../../packages/rehearse/peak/scaling";

const ALARM: Alarm = {
  metric: "cpu",
  comparison: "overOrAt",
  periods: 1,
  points: 1,
  periodSeconds: 60,
  threshold: 50,
};

/** The scale-out policy in AWS's own example. */
const OUT: Stepping = {
  kind: "step",
  name: "out",
  type: "PercentChangeInCapacity",
  leastChange: 1,
  cooldownSeconds: 300,
  alarm: ALARM,
  steps: [
    { lower: 0, upper: 10, adjustment: 0 },
    { lower: 10, upper: 20, adjustment: 10 },
    { lower: 20, upper: Infinity, adjustment: 30 },
  ],
};

/** The scale-in policy in AWS's own example. */
const IN: Stepping = {
  ...OUT,
  name: "in",
  alarm: { ...ALARM, comparison: "underOrAt" },
  steps: [
    { lower: -10, upper: 0, adjustment: 0 },
    { lower: -20, upper: -10, adjustment: -10 },
    { lower: -Infinity, upper: -20, adjustment: -30 },
  ],
};

/** The page of AWS's user guide that the tests follow, sentence by sentence. */
const SIMPLE_STEP = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html";
const TRACKING = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html";

describe(`Step scaling, by the example of ${SIMPLE_STEP}`, () => {
  for (const [what, policy, current, metric, expected] of [
    ["10 instances stay at more than 40 and less than 60", OUT, 10, 59.9, 10],
    ["at 60 the group grows by 10 % to 11", OUT, 10, 60, 11],
    ["at 70 it grows by 30 % of 11, 3.3 rounded down, to 14", OUT, 11, 70, 14],
    ["at 40 it shrinks by 10 % of 14, 1.4 rounded down, to 13", IN, 14, 40, 13],
    ["at 30 it shrinks by 30 % of 13, 3.9 rounded down, to 10", IN, 13, 30, 10],
    ["an adjustment of less than one instance is one instance", OUT, 3, 60, 4],
    [
      "minAdjustmentMagnitude 2: 25 % of 4 are two",
      { ...OUT, leastChange: 2, steps: [{ lower: 0, upper: Infinity, adjustment: 25 }] },
      4,
      60,
      6,
    ],
    [
      "ChangeInCapacity adds to the size",
      { ...OUT, type: "ChangeInCapacity", steps: [{ lower: 0, upper: Infinity, adjustment: 5 }] },
      3,
      60,
      8,
    ],
    [
      "ExactCapacity sets the size",
      { ...OUT, type: "ExactCapacity", steps: [{ lower: 0, upper: Infinity, adjustment: 5 }] },
      3,
      60,
      5,
    ],
    [
      "a value without a step changes nothing",
      { ...OUT, steps: [{ lower: 20, upper: Infinity, adjustment: 5 }] },
      3,
      60,
      undefined,
    ],
  ] as const)
    it(what, () => assert.equal(steppedSize(policy, current, metric), expected));

  it("while the 11th instance warms up, changes nothing at 62 and requests 13 at 70", () => {
    const at = (value: number): number | undefined => {
      const watch = new Watch(OUT);
      watch.take(value, 10);
      const standing = { timeSeconds: 0, desired: 11, warming: 1, isBusy: true };
      return changeOf([watch], standing, -Infinity)?.desired;
    };
    assert.deepEqual([at(62), at(70)], [undefined, 13]);
  });

  it("with a simple policy waits for the last change and its cooldown to end", () => {
    const watch = new Watch({
      ...OUT,
      kind: "simple",
      type: "ChangeInCapacity",
      steps: [{ lower: -Infinity, upper: Infinity, adjustment: 2 }],
    });
    watch.take(60, 4);
    const at = (timeSeconds: number, isBusy: boolean): number | undefined =>
      changeOf([watch], { timeSeconds, desired: 4, warming: 0, isBusy }, 1000)?.desired;
    assert.deepEqual([at(1299, false), at(1300, true), at(1300, false)], [undefined, undefined, 6]);
  });

  it("breaches if M of the last N periods breach", () => {
    const watch = new Watch({ ...OUT, alarm: { ...ALARM, periods: 3, points: 2 } });
    const seen = [60, 10, 60, 10, 10, NaN, 60, 60].map((value) => {
      watch.take(value, 10);
      return watch.isHigh;
    });
    assert.deepEqual(seen, [false, false, true, false, false, false, false, true]);
  });
});

describe(`Target tracking, by ${TRACKING}`, () => {
  const tracking = (target: number, scalesIn = true) =>
    new Watch({ kind: "tracking", name: `to ${target}`, metric: "cpu", target, scalesIn });
  const feed = (watch: Watch, value: number, points: number): Watch => {
    for (let point = 0; point < points; point++) watch.take(value, 10);
    return watch;
  };
  const standing = { timeSeconds: 0, desired: 10, warming: 0, isBusy: false };

  it("rounds 1.5 more instances up to two, and 1.5 fewer down to one", () => {
    assert.equal(trackedSize(10, 57.5, 50), 12);
    assert.equal(trackedSize(10, 42.5, 50), 9);
  });

  it("scales out after three points above the target, and in after fifteen below nine tenths of it", () => {
    assert.equal(changeOf([feed(tracking(50), 80, 2)], standing, 0), undefined);
    assert.equal(changeOf([feed(tracking(50), 80, 3)], standing, 0)?.desired, 16);
    assert.equal(changeOf([feed(tracking(50), 50, 3)], standing, 0), undefined);
    assert.equal(changeOf([feed(tracking(50), 20, 14)], standing, 0), undefined);
    assert.equal(changeOf([feed(tracking(50), 20, 15)], standing, 0)?.desired, 4);
    assert.equal(changeOf([feed(tracking(50), 45.1, 30)], standing, 0), undefined);
  });

  it("scales out by the policy that asks for most, and in only if all policies agree, to the largest size that they ask for", () => {
    const [low, lower] = [feed(tracking(50), 20, 15), feed(tracking(50), 10, 15)];
    const high = [feed(tracking(50), 80, 3), feed(tracking(50), 60, 3)];
    assert.equal(changeOf(high, standing, 0)?.desired, 16);
    assert.equal(changeOf([low, feed(tracking(50), 48, 15)], standing, 0), undefined);
    assert.equal(changeOf([lower, low], standing, 0)?.desired, 4);
    assert.equal(changeOf([low, high[0] as Watch], standing, 0)?.desired, 16);
  });

  it("ignores a policy with scale-in disabled when it scales in", () => {
    const [never, low] = [feed(tracking(50, false), 48, 15), feed(tracking(50), 20, 15)];
    assert.equal(changeOf([never, low], standing, 0)?.desired, 4);
    assert.equal(changeOf([feed(tracking(50, false), 20, 15)], standing, 0), undefined);
  });

  it("does not scale in while instances warm up, and counts them as present when it scales out", () => {
    const warming = { ...standing, desired: 14, warming: 4 };
    assert.equal(changeOf([feed(tracking(50), 20, 15)], warming, 0), undefined);
    assert.equal(changeOf([feed(tracking(50), 65, 3)], warming, 0), undefined);
    assert.equal(changeOf([feed(tracking(50), 80, 3)], warming, 0)?.desired, 16);
  });
});
