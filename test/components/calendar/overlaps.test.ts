import assert from "node:assert/strict";

import { overlapsOf } from "../../../components/calendar/overlaps";
import type { Peak } from "../../../components/calendar/windows";
import { peak } from "./support";

const weekly = (changes: Partial<Peak>): Peak =>
  peak({ days: ["sat"], start: "10:00", end: "20:00", minSize: 3, ...changes });
const dated = (changes: Partial<Peak>): Peak =>
  peak({ dates: ["2030-11-30"], start: "10:00", end: "20:00", minSize: 4, ...changes });

const reasons = (...peaks: Peak[]): string[] =>
  overlapsOf(peaks).map(({ reason, capacity }) => `${reason}: ${capacity}`);

describe("overlapsOf", () => {
  it("finds two peaks with dates and different sizes", () => {
    assert.deepEqual(reasons(dated({}), dated({ start: "19:59", minSize: 5 })), ["both dated: minSize"]);
  });

  it("allows peaks that only touch, even if a lead overlaps", () => {
    assert.deepEqual(
      reasons(dated({ end: "15:00" }), dated({ start: "15:00", minSize: 5, leadMinutes: 60 })),
      [],
    );
    assert.deepEqual(
      reasons(weekly({ end: "15:00" }), weekly({ start: "15:00", minSize: 5, leadMinutes: 60 })),
      [],
    );
  });

  it("allows peaks with the same sizes, or without common settings", () => {
    assert.deepEqual(reasons(dated({}), dated({ start: "15:00" })), []);
    assert.deepEqual(reasons(dated({}), dated({ minSize: 0, maxSize: 9 })), []);
    assert.deepEqual(reasons(dated({}), dated({ minSize: 0, freezeDeploys: true })), []);
  });

  it("finds weekly peaks across the end of the week", () => {
    const night = { start: "20:00", end: "10:00" };
    assert.deepEqual(reasons(weekly(night), weekly({ days: ["sun"], start: "09:59", minSize: 4 })), [
      "both weekly: minSize",
    ]);
    assert.deepEqual(reasons(weekly({ days: ["sun"], start: "09:59", minSize: 4 }), weekly(night)), [
      "both weekly: minSize",
    ]);
    assert.deepEqual(reasons(weekly(night), weekly({ days: ["sun"], minSize: 4 })), []);
  });

  it("finds weekly peaks in two time zones that overlap only while one has summer time", () => {
    // Ends at 19:00 UTC in winter and 18:00 in summer; New York's starts at 19:01, and for three weeks in March at
    // 18:01.
    const berlin = weekly({ end: "20:00" });
    const newYork = weekly({ start: "14:01", end: "16:00", timeZone: "America/New_York" });
    assert.deepEqual(reasons(berlin, newYork), ["two zones: minSize"]);
    assert.deepEqual(reasons(berlin, { ...newYork, start: "15:01" }), []);
    assert.deepEqual(reasons(berlin, { ...newYork, start: "15:00" }), ["two zones: minSize"]);
  });

  it("finds actions from two time zones at the same time, whichever size they set", () => {
    const newYork = weekly({ start: "15:00", timeZone: "America/New_York", minSize: 0 });
    assert.deepEqual(reasons(weekly({}), { ...newYork, maxSize: 9 }), ["two zones: maxSize"]);
    assert.deepEqual(reasons(weekly({}), { ...newYork, warmPoolSize: 9 }), []);
  });

  it("gives dates precedence over a weekly peak, except for settings that must not drop even for a minute", () => {
    assert.deepEqual(reasons(weekly({ warmPoolSize: 2 }), dated({ warmPoolSize: 3 })), []);
    for (const capacity of ["maxSize", "capacityUnits"] as const) {
      const reason = [`weekly change within: ${capacity}`];
      assert.deepEqual(reasons(weekly({ [capacity]: 100 }), dated({ [capacity]: 200 })), reason);
      assert.deepEqual(
        reasons(dated({ [capacity]: 200, start: "20:00", end: "21:00" }), weekly({ [capacity]: 100 })),
        reason,
      );
      assert.deepEqual(
        reasons(weekly({ [capacity]: 100 }), dated({ [capacity]: 200, start: "12:00", end: "14:00" })),
        [],
      );
      assert.deepEqual(
        reasons(weekly({ [capacity]: 100 }), dated({ [capacity]: 200, dates: ["2030-12-01"] })),
        [],
      );
    }
  });

  it("names each pair once, in the calendar's order", () => {
    const peaks = [
      dated({ name: "a" }),
      weekly({ name: "b" }),
      dated({ name: "c", minSize: 9 }),
      dated({ name: "d", minSize: 8 }),
    ];
    assert.deepEqual(
      overlapsOf(peaks).map(({ peaks: [first, second] }) => `${first.name} ${second.name}`),
      ["a c", "a d", "c d"],
    );
  });
});

describe("overlapsOf, for peaks with several windows or in another order", () => {
  it("finds one common window of two peaks", () => {
    const dates = ["2030-11-23", "2030-11-30", "2030-12-07"];
    assert.deepEqual(reasons(dated({ dates }), dated({ minSize: 5 })), ["both dated: minSize"]);
    assert.deepEqual(reasons(dated({ minSize: 5 }), dated({ dates })), ["both dated: minSize"]);
    const days = ["mon", "sat", "sun"] as const;
    assert.deepEqual(reasons(weekly({ days: [...days] }), weekly({ minSize: 4 })), ["both weekly: minSize"]);
    assert.deepEqual(reasons(weekly({}), weekly({ days: [...days], minSize: 4 })), ["both weekly: minSize"]);
  });

  it("allows peaks that only touch, the later one first", () => {
    const [early, late] = [{ end: "15:00" }, { start: "15:00", minSize: 5 }];
    assert.deepEqual(reasons(dated(late), dated(early)), []);
    assert.deepEqual(reasons(weekly(late), weekly(early)), []);
  });

  it("finds capacity units that a weekly peak would change within a peak with dates", () => {
    const units = { minSize: 0, capacityUnits: 500 };
    assert.deepEqual(reasons(weekly(units), dated({ ...units, capacityUnits: 600 })), [
      "weekly change within: capacityUnits",
    ]);
  });
});
