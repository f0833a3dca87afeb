import assert from "node:assert/strict";

import fc from "fast-check";

import {
  clockChanges,
  DAY,
  instantsAt,
  isoOf,
  isTimeZone,
  offsetAt,
  parseDate,
  parseTime,
  wallAt,
} from "../../../components/calendar/wall-clock";

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Etc/UTC"];

const at = (date: string, time: string, timeZone: string): string[] =>
  instantsAt(parseDate(date) ?? assert.fail(date), parseTime(time) ?? assert.fail(time), timeZone).map(isoOf);

describe("isTimeZone", () => {
  for (const name of [...ZONES, "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Etc/GMT+9"])
    it(`accepts ${name}`, () => assert(isTimeZone(name)));
  for (const name of [
    "",
    "UTC",
    "CET",
    "+01:00",
    "europe/berlin",
    "Europe/Atlantis",
    "Europe/",
    "Europe/Berlin ",
    "US/Eastern",
    "Canada/Pacific",
    "Brazil/East",
    "Chile/Continental",
    "Mexico/General",
  ])
    it(`rejects ${JSON.stringify(name)}`, () => assert(!isTimeZone(name)));
});

describe("parseDate", () => {
  it("counts the days since 1970", () => {
    assert.equal(parseDate("1970-01-02"), 1);
    assert.equal(parseDate("2028-03-01"), (parseDate("2028-02-29") ?? 0) + 1);
    assert.equal(parseDate("2031-01-01"), (parseDate("2030-12-31") ?? 0) + 1);
  });

  for (const text of [
    "",
    "2030-11-31",
    "2030-02-29",
    "2100-02-29",
    "2030-13-01",
    "2030-1-1",
    "2030-11-29T00:00",
  ])
    it(`rejects ${JSON.stringify(text)}`, () => assert.equal(parseDate(text), undefined));
});

describe("parseTime", () => {
  it("counts the minutes of the day, including 24:00", () => {
    assert.deepEqual(["00:00", "18:30", "23:59", "24:00"].map(parseTime), [0, 1110, 1439, 1440]);
  });

  for (const text of ["", "24:01", "25:00", "18:60", "8:00", "18:30:00", "18.30"])
    it(`rejects ${JSON.stringify(text)}`, () => assert.equal(parseTime(text), undefined));
});

describe("instantsAt", () => {
  it("applies summer and winter time", () => {
    assert.deepEqual(at("2030-07-01", "18:00", "Europe/Berlin"), ["2030-07-01T16:00:00Z"]);
    assert.deepEqual(at("2030-11-29", "18:00", "Europe/Berlin"), ["2030-11-29T17:00:00Z"]);
  });

  it("finds no instant for a time that clocks skip, and two for a time that they repeat", () => {
    assert.deepEqual(at("2030-03-31", "02:30", "Europe/Berlin"), []);
    assert.deepEqual(at("2030-10-27", "02:30", "Europe/Berlin"), [
      "2030-10-27T00:30:00Z",
      "2030-10-27T01:30:00Z",
    ]);
    assert.deepEqual(at("2030-10-06", "02:15", "Australia/Lord_Howe"), []);
  });

  it("reads 24:00 as the next day's midnight, at the end of the year, too", () => {
    assert.deepEqual(at("2030-12-31", "24:00", "Europe/Berlin"), ["2030-12-31T23:00:00Z"]);
    assert.deepEqual(at("2028-02-28", "24:00", "Etc/UTC"), ["2028-02-29T00:00:00Z"]);
  });

  it("finds each instant again from its local time", () => {
    const minutes = { min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2036, 0, 1) / 60_000 };
    fc.assert(
      fc.property(fc.integer(minutes), fc.constantFrom(...ZONES), (instant, timeZone) => {
        const { day, minuteOfWeek } = wallAt(instant, timeZone);
        assert(instantsAt(day, minuteOfWeek % DAY, timeZone).includes(instant));
        assert.equal(new Date(day * DAY * 60_000).getUTCDay(), Math.floor(minuteOfWeek / DAY));
        assert.equal(day * DAY + (minuteOfWeek % DAY), instant + offsetAt(instant, timeZone));
      }),
    );
  });
});

describe("clockChanges", () => {
  const [sunday, hour] = [0, 60];
  it("are the times of the week that clocks skip or repeat", () => {
    assert.deepEqual(clockChanges("Europe/Berlin"), [[sunday + 2 * hour, sunday + 3 * hour]]);
    assert.deepEqual(clockChanges("America/New_York"), [
      [sunday + 2 * hour, sunday + 3 * hour],
      [sunday + hour, sunday + 2 * hour],
    ]);
    assert.deepEqual(clockChanges("Australia/Lord_Howe"), [
      [sunday + 1.5 * hour, sunday + 2 * hour],
      [sunday + 2 * hour, sunday + 2.5 * hour],
    ]);
  });

  it("are empty for a time zone without clock changes", () =>
    assert.deepEqual(clockChanges("Asia/Kolkata"), []));
});
