import { SCHEDULE } from "../../../../policies/resources";
import assert from "node:assert/strict";
import fc from "fast-check";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const KEPT = { minSize: -1, maxSize: -1, desiredCapacity: -1 };
const kept = (props: Props): Props => ({ ...KEPT, minSize: 2, ...props });

/** A time in a number of seconds from now, in AWS's format. */
const at = (seconds: number): string =>
  `${new Date(Date.now() + seconds * 1_000).toISOString().slice(0, 19)}Z`;

describe("schedules", () => {
  const suite = RuleSuite.ofProse("scheduled-action");
  const [type] = SCHEDULE;
  suite.checkSentences(type, [
    { title: "passes one size, with the others unchanged by -1", props: kept({}), says: [] },
    {
      title: "passes every property",
      props: {
        minSize: 2,
        desiredCapacity: 4,
        maxSize: 8,
        startTime: "2096-11-27T06:00:00Z",
        endTime: "2096-11-30T22:00:00Z",
        recurrence: "0 7 * NOV 1-5",
        timeZone: "Europe/Berlin",
      },
      says: [],
    },
    {
      title: "refuses absent sizes, which are sent as zeros: the group would lose all its instances",
      props: { recurrence: "0 7 * * *" },
      says: [
        "none of minSize, desiredCapacity and maxSize is set, so that each is sent as 0; AWS requires at least one of them",
      ],
    },
    {
      title: "passes explicit zeros",
      props: { minSize: 0, desiredCapacity: 0, maxSize: 0, recurrence: "0 19 * * *" },
      says: [],
    },
    {
      title: "refuses times in the past, also with a recurrence",
      props: kept({
        startTime: "2020-11-27T06:00:00Z",
        recurrence: "0 7 * * *",
        endTime: "2020-11-28T06:00:00Z",
      }),
      says: ["startTime", "endTime"].map(
        (property) => `${property} is in the past; it must be in the future, or not set`,
      ),
    },
    {
      title: "compares instants, not days",
      props: kept({ startTime: at(-2), endTime: at(3_600) }),
      says: ["startTime is in the past; it must be in the future, or not set"],
    },
    ...["America/New_York", "Etc/GMT+9", "UTC", "Europe/Amsterdam", "Asia/Kolkata", "Asia/Calcutta"].map(
      (timeZone) => ({ title: `passes ${timeZone}`, props: kept({ timeZone }), says: [] }),
    ),
    ...[
      "US/Eastern",
      "Canada/Pacific",
      "Brazil/East",
      "Chile/Continental",
      "Mexico/General",
      "Japan",
      "GB",
    ].map((timeZone) => ({
      title: `refuses ${timeZone}, an old name of another zone`,
      props: kept({ timeZone }),
      says: [
        "timeZone is another string (not shown, as it may be secret); it must be the canonical name of an IANA " +
          'time zone, such as "Europe/Berlin" or "America/New_York"',
      ],
    })),
    {
      title: "passes everything unknown",
      props: {
        minSize: UNKNOWN,
        desiredCapacity: UNKNOWN,
        maxSize: UNKNOWN,
        startTime: UNKNOWN,
        endTime: UNKNOWN,
        recurrence: UNKNOWN,
        timeZone: UNKNOWN,
      },
      says: [],
    },
    {
      title: "passes null and secrets",
      props: kept({ minSize: secret(2), timeZone: null, recurrence: secret("0 7 * * *") }),
      says: [],
    },
    { title: "passes steps and lists", props: kept({ recurrence: "*/15 8-18/2 1,15 * ?" }), says: [] },
    {
      title: "passes one unknown size, with the others unchanged by -1",
      props: { ...KEPT, minSize: UNKNOWN },
      says: [],
    },
    {
      title: "passes a start without an end, and white space around a cron expression",
      props: kept({ startTime: "2096-11-27T06:00:00Z", recurrence: " 0  7 * * 1-5 " }),
      says: [],
    },
    {
      title: "passes an end without a start, and sizes in digits",
      props: { minSize: "2", desiredCapacity: "2", maxSize: "2", endTime: "2096-11-27T06:00:00Z" },
      says: [],
    },
    {
      title: "passes the bounds of each field of a cron expression",
      props: kept({ recurrence: "0,59 0,23 1,31 1,12 0,7" }),
      says: [],
    },
    { title: "passes a step above the bounds", props: kept({ recurrence: "*/90 * * * *" }), says: [] },
    ...["60 * * * *", "* * 0 * *", "* * 32 * *", "* * * 0 *", "* * * 13 *", "* * * * 8"].map(
      (recurrence) => ({
        title: `refuses ${recurrence}`,
        props: kept({ recurrence }),
        says: [
          `recurrence is "${recurrence}"; it must be a cron expression of five fields, such as "0 7 * * 1-5"`,
        ],
      }),
    ),
    ...["a 7 * * !", "! 7 * * *", "0 7 * * x!"].map((recurrence) => ({
      title: `refuses ${recurrence}, and does not show it`,
      props: kept({ recurrence }),
      says: [
        "recurrence is another string (not shown, as it may be secret); " +
          'it must be a cron expression of five fields, such as "0 7 * * 1-5"',
      ],
    })),
    ...["2096-11-27", "2096-11-27T06:00:00.000Z", "2096-13-27T06:00:00Z", "2096-11-27T25:00:00Z"].map(
      (time) => ({
        title: `refuses ${time} of both times`,
        props: kept({ startTime: time, endTime: time }),
        says: ["startTime", "endTime"].map(
          (property) => `${property} is "${time}"; it must be a time in UTC such as "2030-11-29T06:00:00Z"`,
        ),
      }),
    ),
    ...["12096-11-27T06:00:00Z", "2096-11-27T06:00:00Z+", "tomorrow"].map((startTime) => ({
      title: `refuses ${startTime}, and does not show it`,
      props: kept({ startTime }),
      says: [
        "startTime is another string (not shown, as it may be secret); " +
          'it must be a time in UTC such as "2030-11-29T06:00:00Z"',
      ],
    })),
    {
      title: "refuses times of the wrong type",
      props: kept({ startTime: 1, endTime: ["2096-11-27T06:00:00Z"] }),
      says: [
        'startTime is 1; it must be a time in UTC such as "2030-11-29T06:00:00Z"',
        'endTime is a list; it must be a time in UTC such as "2030-11-29T06:00:00Z"',
      ],
    },
    {
      title: "refuses sizes of -2 and of half an instance",
      props: { minSize: -2, desiredCapacity: 1.5, maxSize: "-2" },
      says: [
        "minSize is -2; it must be a whole number of at least 0, or -1 to keep the size",
        "desiredCapacity is 1.5; it must be a whole number of at least 0, or -1 to keep the size",
        'maxSize is "-2"; it must be a whole number of at least 0, or -1 to keep the size',
      ],
    },
    {
      title: "refuses sizes below -1",
      props: kept({ maxSize: -2 }),
      says: ["maxSize is -2; it must be a whole number of at least 0, or -1 to keep the size"],
    },
    {
      title: "refuses -1 for all sizes",
      props: KEPT,
      says: ["all sizes are -1; AWS requires at least one other value"],
    },
    {
      title: "refuses sizes out of order",
      props: kept({ maxSize: 1 }),
      says: ["minSize is 2, but maxSize is 1; minSize must not be greater"],
    },
    {
      title: "refuses absent sizes, which are sent as 0",
      props: { minSize: 2, desiredCapacity: -1 },
      says: ["minSize is 2, but maxSize (not set) is 0; minSize must not be greater"],
    },
    {
      title: "refuses wrong types",
      props: kept({ maxSize: [1], recurrence: {}, timeZone: 1 }),
      says: [
        "maxSize is a list; it must be a whole number of at least 0, or -1 to keep the size",
        'recurrence is an object; it must be a cron expression of five fields, such as "0 7 * * 1-5"',
        'timeZone is 1; it must be the canonical name of an IANA time zone, such as "Europe/Berlin" or "America/New_York"',
      ],
    },
    {
      title: "refuses four fields",
      props: kept({ recurrence: "0 7 * *" }),
      says: ['recurrence is "0 7 * *"; it must be a cron expression of five fields, such as "0 7 * * 1-5"'],
    },
    {
      title: "refuses six fields",
      props: kept({ recurrence: "0 0 7 * * *" }),
      says: [
        'recurrence is "0 0 7 * * *"; it must be a cron expression of five fields, such as "0 7 * * 1-5"',
      ],
    },
    {
      title: "refuses an hour of 24",
      props: kept({ recurrence: "0 24 * * *" }),
      says: [
        'recurrence is "0 24 * * *"; it must be a cron expression of five fields, such as "0 7 * * 1-5"',
      ],
    },
    {
      title: "refuses an abbreviated time zone",
      props: kept({ timeZone: "Mars/Olympus" }),
      says: [
        'timeZone is another string (not shown, as it may be secret); it must be the canonical name of an IANA time zone, such as "Europe/Berlin" or "America/New_York"',
      ],
    },
    {
      title: "refuses a UTC offset as the time zone",
      props: kept({ timeZone: "+01:00" }),
      says: [
        'timeZone is another string (not shown, as it may be secret); it must be the canonical name of an IANA time zone, such as "Europe/Berlin" or "America/New_York"',
      ],
    },
    {
      title: "refuses a time without its zone",
      props: kept({ startTime: "2096-11-27T06:00:00" }),
      says: ['startTime is "2096-11-27T06:00:00"; it must be a time in UTC such as "2030-11-29T06:00:00Z"'],
    },
    {
      title: "refuses a date that does not exist",
      props: kept({ endTime: "2096-11-31T06:00:00Z" }),
      says: ['endTime is "2096-11-31T06:00:00Z"; it must be a time in UTC such as "2030-11-29T06:00:00Z"'],
    },
    {
      title: "refuses an end before the start",
      props: kept({ startTime: "2096-11-27T06:00:00Z", endTime: "2096-11-27T06:00:00Z" }),
      says: ["startTime is not before endTime; it must be earlier"],
    },
    {
      title: "judges other sizes beside an unknown one",
      props: kept({ desiredCapacity: UNKNOWN, maxSize: 0 }),
      says: ["minSize is 2, but maxSize is 0; minSize must not be greater"],
    },
  ]);

  it("accepts any five fields within their bounds", async () => {
    const field = (min: number, max: number): fc.Arbitrary<string> =>
      fc.oneof(fc.constant("*"), fc.integer({ min, max }).map(String));
    const cron = fc.tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7));
    await fc.assert(
      fc.asyncProperty(cron, fc.nat(4), async (fields, at) => {
        assert.deepEqual(
          await suite.sentencesOf({ type, props: kept({ recurrence: fields.join(" ") }) }),
          [],
        );
        const broken = fields.with(at, "60").join(" ");
        assert.equal(
          (await suite.sentencesOf({ type, props: kept({ recurrence: broken }) })).length,
          1,
          broken,
        );
      }),
      { numRuns: 30 },
    );
  });
});
