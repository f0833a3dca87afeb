import assert from "node:assert/strict";

import fc from "fast-check";

import { compileCalendar } from "../../../components/calendar/compile";
import { MARGIN } from "../../../components/calendar/levels";
import { instantOf, peak } from "./support";

const USUAL = { minSize: 2, maxSize: 8 };
const TODAY = instantOf("2030-01-01");

const weekend = peak({
  name: "weekend",
  days: ["sat", "sun"],
  start: "00:15",
  end: "23:00",
  leadMinutes: 30,
  minSize: 4,
  freezeDeploys: true,
  muteAlarms: ["orders"],
});
const blackFriday = peak({
  name: "black-friday",
  dates: ["2030-11-29"],
  start: "18:00",
  end: "02:00",
  leadMinutes: 90,
  minSize: 6,
  maxSize: 12,
  warmPoolSize: 3,
  capacityUnits: 200,
  freezeDeploys: true,
  muteAlarms: ["orders"],
});

describe("compileCalendar", () => {
  it("creates weekly actions in local time, earlier by the lead, on the day before if needed", () => {
    const { scheduledActions } = compileCalendar([weekend], USUAL, TODAY);
    const timeZone = "Europe/Berlin";
    assert.deepEqual(scheduledActions, [
      { name: "sun-2300-europe-berlin", minSize: 2, maxSize: -1, recurrence: "0 23 * * 0", timeZone },
      { name: "fri-2345-europe-berlin", minSize: 4, maxSize: -1, recurrence: "45 23 * * 5", timeZone },
      { name: "sat-2300-europe-berlin", minSize: 2, maxSize: -1, recurrence: "0 23 * * 6", timeZone },
      { name: "sat-2345-europe-berlin", minSize: 4, maxSize: -1, recurrence: "45 23 * * 6", timeZone },
    ]);
  });

  it("creates single actions in UTC, past midnight, too", () => {
    assert.deepEqual(compileCalendar([blackFriday], USUAL, TODAY).scheduledActions, [
      { name: "20301129t1530z", minSize: 6, maxSize: 12, startTime: "2030-11-29T15:30:00Z" },
      { name: "20301130t0100z", minSize: 2, maxSize: 8, startTime: "2030-11-30T01:00:00Z" },
    ]);
  });

  it("creates calls for the warm pool and the capacity units, and resets them at the end", () => {
    const weekly = { ...weekend, minSize: 0, warmPoolSize: 2, days: ["sat"] as const };
    assert.deepEqual(compileCalendar([weekly], USUAL, TODAY).warmPoolCalls, [
      {
        name: "fri-2345-europe-berlin",
        expression: "cron(45 23 ? * FRI *)",
        timeZone: "Europe/Berlin",
        value: 2,
      },
      {
        name: "sat-2300-europe-berlin",
        expression: "cron(0 23 ? * SAT *)",
        timeZone: "Europe/Berlin",
        value: undefined,
      },
    ]);
    assert.deepEqual(compileCalendar([blackFriday], USUAL, TODAY).capacityUnitCalls, [
      { name: "20301129t1530z", expression: "at(2030-11-29T15:30:00)", timeZone: "UTC", value: 200 },
      { name: "20301130t0100z", expression: "at(2030-11-30T01:00:00)", timeZone: "UTC", value: undefined },
    ]);
  });

  it("mutes alarms for a peak and its lead, by one rule for all days of a week", () => {
    assert.deepEqual(compileCalendar([weekend, blackFriday], USUAL, TODAY).mutes, [
      {
        name: "weekend",
        expression: "cron(45 23 * * 5,6)",
        duration: "PT23H15M",
        timeZone: "Europe/Berlin",
        alarms: ["orders"],
      },
      {
        name: "black-friday-20301129t1530z",
        expression: "at(2030-11-29T15:30)",
        duration: "PT9H30M",
        timeZone: "UTC",
        alarms: ["orders"],
      },
    ]);
  });

  it("writes durations in AWS's format", () => {
    const durations = (["01:00", "00:00", "00:05"] as const).map((end) => {
      const days =
        end === "00:05" ? { from: "2030-11-29", to: "2030-12-01" } : { from: "2030-11-29", to: "2030-11-30" };
      const [mute] = compileCalendar([peak({ ...days, end, muteAlarms: ["a"] })], USUAL, TODAY).mutes;
      return mute?.duration;
    });
    assert.deepEqual(durations, ["P1DT1H", "P1D", "P2DT5M"]);
  });

  it("returns deployment freezes as data: a weekly time and length, or a start and an end", () => {
    assert.deepEqual(compileCalendar([weekend, blackFriday], USUAL, TODAY).deployFreezes, [
      { name: "weekend", timeZone: "Europe/Berlin", recurrence: "45 23 * * 5,6", minutes: 1395 },
      {
        name: "black-friday",
        timeZone: "Europe/Berlin",
        from: "2030-11-29T15:30:00Z",
        to: "2030-11-30T01:00:00Z",
      },
    ]);
  });

  it("switches from one peak to the next without the usual size in between", () => {
    const next = peak({
      name: "next",
      from: "2030-11-30",
      to: "2030-11-30",
      start: "02:00",
      leadMinutes: 60,
      minSize: 7,
    });
    const sizes = (next_: number): string[] =>
      compileCalendar(
        [
          { ...blackFriday, maxSize: 0 },
          { ...next, minSize: next_ },
        ],
        USUAL,
        TODAY,
      ).scheduledActions.map(({ name, minSize }) => `${name} ${minSize}`);
    assert.deepEqual(sizes(7), ["20301129t1530z 6", "20301130t0000z 7", "20301130t2300z 2"]);
    assert.deepEqual(sizes(5), ["20301129t1530z 6", "20301130t0100z 5", "20301130t2300z 2"]);
  });

  it("covers the longer time if clocks repeat an hour", () => {
    const freezeOf = (start: string, end: string): unknown => {
      const night = peak({ name: "night", dates: ["2030-10-27"], start, end, freezeDeploys: true });
      const [freeze] = compileCalendar([night], USUAL, TODAY).deployFreezes;
      return freeze !== undefined && "from" in freeze ? [freeze.from, freeze.to] : freeze;
    };
    assert.deepEqual(freezeOf("02:30", "03:30"), ["2030-10-27T00:30:00Z", "2030-10-27T02:30:00Z"]);
    assert.deepEqual(freezeOf("01:30", "02:30"), ["2030-10-26T23:30:00Z", "2030-10-27T01:30:00Z"]);
  });

  it("starts a minute earlier, or ends a minute later, if a weekly action has the same time", () => {
    const saturday = { ...weekend, days: ["sat"] as const, start: "10:00", end: "20:00", leadMinutes: 0 };
    const times = (start: string, end: string): string[] =>
      compileCalendar(
        [saturday, peak({ name: "sale", dates: ["2030-11-30"], start, end, minSize: 6 })],
        USUAL,
        TODAY,
      ).scheduledActions.flatMap((action) =>
        "startTime" in action ? [`${action.startTime} ${action.minSize}`] : [],
      );
    // It rises when the weekend's peak ends, and is set again after that; then it ends at a time of its own.
    assert.deepEqual(times("20:00", "22:00"), [
      "2030-11-30T18:59:00Z 6",
      "2030-11-30T19:01:00Z 6",
      "2030-11-30T21:00:00Z 2",
    ]);
    // It ends when the weekend's peak begins.
    assert.deepEqual(times("08:00", "10:00"), ["2030-11-30T07:00:00Z 6", "2030-11-30T09:01:00Z 4"]);
  });

  describe("on a later day", () => {
    const days = { ...blackFriday, name: "sale", dates: ["2030-11-29", "2030-12-06"] };

    it("creates nothing for a past peak, and warns", () => {
      assert.deepEqual(compileCalendar([days], USUAL, instantOf("2030-12-08")), {
        scheduledActions: [],
        warmPoolCalls: [],
        capacityUnitCalls: [],
        mutes: [],
        deployFreezes: [],
        atOnce: {},
        sizesHaveChanged: true,
        warnings: [
          "Peak sale is over; the stack creates nothing for what is over. Remove it from peakCalendar after this deployment.",
        ],
      });
    });

    it("creates the rest of a peak with some past dates", () => {
      const rest = compileCalendar([days], USUAL, instantOf("2030-12-01"));
      assert.deepEqual(rest, {
        ...compileCalendar([{ ...days, dates: ["2030-12-06"] }], USUAL, instantOf("2030-12-01")),
        sizesHaveChanged: true,
        warnings: [
          "Peak sale is over on 1 of its 2 dates; the stack creates nothing for what is over. Remove it from peakCalendar after this deployment.",
        ],
      });
    });

    it("keeps the end, the mute and the freeze of a peak that has begun, and sets its sizes at once", () => {
      for (const now of [
        "2030-11-29T15:30Z",
        "2030-11-29T16:29Z",
        "2030-11-30T00:00Z",
        "2030-11-30T00:59Z",
      ]) {
        const compiled = compileCalendar([blackFriday], USUAL, instantOf(now));
        const { scheduledActions, warmPoolCalls, capacityUnitCalls, mutes, deployFreezes, ...rest } =
          compiled;
        assert.deepEqual(
          [scheduledActions, warmPoolCalls, capacityUnitCalls].map((all) => all.map(({ name }) => name)),
          [["20301130t0100z"], ["20301130t0100z"], ["20301130t0100z"]],
          now,
        );
        assert.deepEqual([mutes.length, deployFreezes.length], [1, 1], now);
        const atOnce = { minSize: 6, maxSize: 12, warmPoolSize: 3, capacityUnits: 200 };
        assert.deepEqual(rest, { atOnce, sizesHaveChanged: true, warnings: [] }, now);
      }
    });

    it("compares instants: an hour before the start nothing has begun, and at the end everything is over", () => {
      const before = compileCalendar([blackFriday], USUAL, instantOf("2030-11-29T14:59Z"));
      assert.deepEqual(before, compileCalendar([blackFriday], USUAL, TODAY));
      const end = compileCalendar([blackFriday], USUAL, instantOf("2030-11-30T01:00Z"));
      assert.deepEqual([end.scheduledActions, end.mutes, end.deployFreezes, end.atOnce], [[], [], [], {}]);
    });

    it("omits a start that AWS might get too late, but no action that corrects a recurring action", () => {
      const sizes = (now: string): unknown => {
        const saturday = { ...weekend, days: ["sat"] as const, start: "10:00", end: "20:00", leadMinutes: 0 };
        const sale = peak({ name: "sale", dates: ["2030-11-30"], start: "09:30", end: "22:00", minSize: 6 });
        const { scheduledActions, atOnce } = compileCalendar([saturday, sale], USUAL, instantOf(now));
        return [
          scheduledActions.flatMap((action) =>
            "startTime" in action ? [action.startTime.slice(11, 16)] : [],
          ),
          atOnce,
        ];
      };
      // Berlin's peak begins at 08:30 UTC, and the weekend's at 09:00.
      assert.deepEqual(sizes("2030-11-30T07:59Z"), [["08:30", "09:01", "19:01", "21:00"], {}]);
      for (const now of ["2030-11-30T08:00Z", "2030-11-30T08:31Z", "2030-11-30T08:59Z", "2030-11-30T09:00Z"])
        assert.deepEqual(sizes(now), [["09:01", "19:01", "21:00"], { minSize: 6 }], now);
      assert.deepEqual(sizes("2030-11-30T09:01Z"), [["19:01", "21:00"], { minSize: 6 }]);
    });

    it("sets the higher of two sizes at once if one peak follows the other during a deployment", () => {
      const first = peak({ name: "first", dates: ["2030-11-27"], start: "10:00", end: "10:20", minSize: 4 });
      const second = peak({
        name: "second",
        dates: ["2030-11-27"],
        start: "10:20",
        end: "12:00",
        minSize: 6,
      });
      const { scheduledActions, atOnce } = compileCalendar(
        [first, second],
        USUAL,
        instantOf("2030-11-27T08:55Z"),
      );
      assert.deepEqual([scheduledActions.map(({ minSize }) => minSize), atOnce], [[2], { minSize: 6 }]);
    });

    it("does not change weekly peaks", () => {
      const later = compileCalendar([weekend, days], USUAL, instantOf("2040-01-01"));
      const usual = { warnings: [], sizesHaveChanged: false };
      assert.deepEqual({ ...later, ...usual }, compileCalendar([weekend], USUAL, TODAY));
    });

    it("contains no past time, and no start so soon that it might be past", () => {
      const instant = fc.integer({ min: instantOf("2030-11-24"), max: instantOf("2030-12-09") });
      fc.assert(
        fc.property(instant, (now) => {
          const { scheduledActions } = compileCalendar([days], USUAL, now);
          for (const action of scheduledActions) {
            assert("startTime" in action);
            const isEnd = action.minSize === USUAL.minSize;
            assert(instantOf(action.startTime) > now + (isEnd ? 0 : MARGIN));
          }
        }),
      );
    });

    it("only contains fewer actions later", () => {
      const instant = fc.integer({ min: instantOf("2030-11-24"), max: instantOf("2030-12-09") });
      fc.assert(
        fc.property(instant, instant, (one, other) => {
          const [before, after] = [Math.min(one, other), Math.max(one, other)].map((now) =>
            compileCalendar([weekend, days], USUAL, now),
          );
          for (const key of [
            "scheduledActions",
            "warmPoolCalls",
            "capacityUnitCalls",
            "mutes",
            "deployFreezes",
          ] as const) {
            const all = (before?.[key] ?? []).map((part) => JSON.stringify(part));
            for (const part of after?.[key] ?? []) assert(all.includes(JSON.stringify(part)));
          }
        }),
      );
    });
  });
});
