import assert from "node:assert/strict";

import { compileCalendar } from "../../../components/calendar/compile";
import { holdingAt } from "../../../components/calendar/freezes";
import { instantOf, peak } from "./support";

const weekend = peak({
  name: "weekend",
  days: ["sat", "sun"],
  start: "10:00",
  leadMinutes: 30,
  freezeDeploys: true,
});
const night = peak({
  name: "night",
  dates: ["2030-12-31"],
  start: "22:00",
  end: "02:00",
  freezeDeploys: true,
});
const { deployFreezes } = compileCalendar(
  [weekend, night],
  { minSize: 1, maxSize: 2 },
  instantOf("2030-01-01"),
);

const at = (time: string): string[] =>
  holdingAt(deployFreezes, new Date(time).getTime() / 60_000).map(
    ({ name, until }) => `${name} until ${until}`,
  );

describe("holdingAt", () => {
  it("names the weekly freezes from their lead on, to the minute, in summer and winter", () => {
    assert.deepEqual(at("2030-06-01T07:29Z"), []);
    assert.deepEqual(at("2030-06-01T07:30Z"), ["weekend until 2030-06-01T22:00:00Z"]);
    assert.deepEqual(at("2030-06-01T21:59Z"), ["weekend until 2030-06-01T22:00:00Z"]);
    assert.deepEqual(at("2030-06-01T22:00Z"), []);
    assert.deepEqual(at("2030-12-01T08:29Z"), []);
    assert.deepEqual(at("2030-12-01T08:30Z"), ["weekend until 2030-12-01T23:00:00Z"]);
  });

  it("names the freezes with dates, across the end of the year", () => {
    assert.deepEqual(at("2030-12-31T20:59Z"), []);
    assert.deepEqual(at("2030-12-31T21:00Z"), ["night until 2031-01-01T01:00:00Z"]);
    assert.deepEqual(at("2031-01-01T00:59Z"), ["night until 2031-01-01T01:00:00Z"]);
    assert.deepEqual(at("2031-01-01T01:00Z"), []);
  });

  it("covers the midnight at which a week ends", () => {
    const sunday = { name: "night", timeZone: "America/New_York", recurrence: "0 22 * * 6", minutes: 240 };
    const holds = (time: string): boolean =>
      holdingAt([sunday], new Date(time).getTime() / 60_000).length > 0;
    assert.deepEqual(
      ["2030-06-02T01:59Z", "2030-06-02T02:00Z", "2030-06-02T05:59Z", "2030-06-02T06:00Z"].map(holds),
      [false, true, true, false],
    );
  });
});
