import assert from "node:assert/strict";

import fc from "fast-check";

import { isAccepted, messageOf, settingsOf } from "../../support/settings";

type Peak = Readonly<Record<string, unknown>>;

const WEEKEND: Peak = {
  name: "weekend",
  days: ["sat", "sun"],
  start: "10:00",
  end: "23:00",
  timeZone: "Europe/Berlin",
  minSize: 3,
};
const FRIDAY: Peak = { name: "black-friday", dates: ["2030-11-29"], timeZone: "Europe/Berlin", minSize: 4 };

const calendarOf = (...peaks: Peak[]): { peakCalendar: string } => ({ peakCalendar: JSON.stringify(peaks) });

describe("peakCalendar", () => {
  it("is empty by default", () => assert.deepEqual(settingsOf().peakCalendar, []));

  it("fills in the fields that a peak leaves out", () => {
    assert.deepEqual(
      settingsOf(calendarOf({ name: "sale", dates: ["2030-11-29"], timeZone: "Etc/UTC", minSize: 4 }))
        .peakCalendar,
      [
        {
          name: "sale",
          days: [],
          dates: ["2030-11-29"],
          start: "00:00",
          end: "24:00",
          timeZone: "Etc/UTC",
          minSize: 4,
          leadMinutes: 30,
          freezeDeploys: false,
          muteAlarms: [],
        },
      ],
    );
  });

  for (const [title, peaks] of [
    ["a weekend, and a larger Friday before it", [WEEKEND, FRIDAY]],
    ["dates on a weekend, which have precedence over it", [WEEKEND, { ...FRIDAY, dates: ["2030-11-30"] }]],
    ["two peaks at the same time with the same sizes", [FRIDAY, { ...FRIDAY, name: "sale", start: "18:00" }]],
    [
      "a peak and a freeze around it",
      [
        FRIDAY,
        {
          ...FRIDAY,
          name: "freeze",
          dates: [],
          from: "2030-11-20",
          to: "2031-01-02",
          minSize: undefined,
          freezeDeploys: true,
        },
      ],
    ],
    [
      "a peak whose lead overlaps the peak before",
      [FRIDAY, { ...FRIDAY, name: "saturday", dates: ["2030-11-30"], minSize: 3 }],
    ],
    [
      "a peak past midnight, past the year's end, on a leap day",
      [{ ...FRIDAY, dates: ["2027-12-31", "2028-02-29"], start: "22:00", end: "02:00" }],
    ],
    ["dates in the past, so that an old commit still passes", [{ ...FRIDAY, dates: ["2020-11-27"] }]],
    [
      "alarms muted for the longest time that AWS allows",
      [
        {
          ...FRIDAY,
          dates: [],
          minSize: undefined,
          leadMinutes: 0,
          muteAlarms: ["orders"],
          from: "2030-12-20",
          to: "2031-01-03",
        },
      ],
    ],
    ["a lead exactly as long as an instance's boot time", [{ ...WEEKEND, leadMinutes: 5 }]],
    [
      "exactly as many requests as minSize carries",
      [{ ...WEEKEND, minSize: 4, peakRequestsPerMinute: 2000 }],
    ],
  ] as const)
    it(`accepts ${title}`, () => settingsOf(calendarOf(...peaks)));

  const table: { title: string; peaks: Peak[]; more?: Record<string, string>; fault: string[] }[] = [
    {
      title: "an invalid time zone",
      peaks: [{ ...WEEKEND, timeZone: "CET" }],
      fault: [
        "web-store:peakCalendar[0].timeZone",
        "  got:     CET",
        "  allowed: the canonical name of an IANA time zone, such as Europe/Berlin or America/New_York (not US/Eastern); Etc/UTC for UTC",
        "  remedy:  for example: timeZone: Europe/Berlin",
      ],
    },
    {
      title: "an old name of a time zone, which Auto Scaling does not accept",
      peaks: [{ ...WEEKEND, timeZone: "US/Eastern" }],
      fault: [
        "web-store:peakCalendar[0].timeZone",
        "  got:     US/Eastern",
        "  allowed: the canonical name of an IANA time zone, such as Europe/Berlin or America/New_York (not US/Eastern); Etc/UTC for UTC",
        "  remedy:  for example: timeZone: Europe/Berlin",
      ],
    },
    {
      title: "an invalid date",
      peaks: [{ ...FRIDAY, dates: ["2030-02-29"] }],
      fault: [
        "web-store:peakCalendar[0].dates",
        '  got:     ["2030-02-29"]',
        '  allowed: up to 20 different dates in quotes such as "2030-11-29"',
        '  remedy:  for example: dates: ["2030-12-23", "2030-12-24"]',
      ],
    },
    {
      title: "two peaks with the same name",
      peaks: [WEEKEND, { ...FRIDAY, name: "weekend" }],
      fault: [
        "web-store:peakCalendar[1].name",
        "  got:     weekend",
        "  allowed: a name that no other peak has",
        "  remedy:  rename one, or merge the two",
      ],
    },
    {
      title: "a peak that sets nothing",
      peaks: [{ ...WEEKEND, minSize: undefined }],
      fault: [
        "web-store:peakCalendar[0].name",
        "  got:     weekend",
        "  allowed: a peak that sets something: minSize, maxSize, warmPoolSize, capacityUnits, freezeDeploys or muteAlarms",
        "  remedy:  set what weekend needs, such as minSize, or remove it",
      ],
    },
    {
      title: "a peak with both days of the week and dates",
      peaks: [{ ...WEEKEND, dates: ["2030-11-29"] }],
      fault: [
        "web-store:peakCalendar[0].name",
        "  got:     weekend",
        "  allowed: a peak with one of days, dates, or from and to",
        '  remedy:  days: [sat, sun] for every week; dates: ["2030-11-29"], or from and to, for once',
      ],
    },
    {
      title: "to without from, with days",
      peaks: [{ ...WEEKEND, to: "2030-11-29" }],
      fault: [
        "web-store:peakCalendar[0].name",
        "  got:     weekend",
        "  allowed: a peak with one of days, dates, or from and to",
        '  remedy:  days: [sat, sun] for every week; dates: ["2030-11-29"], or from and to, for once',
      ],
    },
    {
      title: "a pool of Spot instances",
      peaks: [{ ...WEEKEND, warmPoolSize: 1 }],
      more: { "fleet.spot": '{"percent":50}', "fleet.instanceTypes": '["m7g.large","m6g.large"]' },
      fault: [
        "web-store:peakCalendar[0].warmPoolSize",
        "  got:     1",
        "  allowed: no value while fleet.spot.percent is 50: a group with Spot Instances has no warm pool",
        "  remedy:  remove warmPoolSize and raise minSize, or set fleet.spot.percent to 0",
      ],
    },
    {
      title: "requests that the usual minSize does not carry after the loss of a zone",
      peaks: [{ ...WEEKEND, minSize: undefined, maxSize: 9, peakRequestsPerMinute: 1001 }],
      fault: [
        "web-store:peakCalendar[0].peakRequestsPerMinute",
        "  got:     1001",
        "  allowed: at most 1000: of minSize, 2, instances in 2 zones, 1 are left when a zone is lost, for fleet.requestsPerTargetPerMinute, 1000, each",
        "  remedy:  raise the peak's minSize to 4",
      ],
    },
    {
      title: "from without to",
      peaks: [{ ...FRIDAY, dates: [], from: "2030-11-29" }],
      fault: [
        "web-store:peakCalendar[0].name",
        "  got:     black-friday",
        "  allowed: a peak with one of days, dates, or from and to",
        '  remedy:  days: [sat, sun] for every week; dates: ["2030-11-29"], or from and to, for once',
      ],
    },
    {
      title: "an end before the start",
      peaks: [{ ...FRIDAY, dates: [], from: "2030-11-29", to: "2030-11-29", start: "18:00", end: "12:00" }],
      fault: [
        "web-store:peakCalendar[0].to",
        "  got:     2030-11-29",
        "  allowed: an end after the start, 2030-11-29 at 18:00",
        "  remedy:  change to or end, or swap from and to",
      ],
    },
    {
      title: "an end at the start",
      peaks: [{ ...WEEKEND, end: "10:00" }],
      fault: [
        "web-store:peakCalendar[0].end",
        "  got:     10:00",
        "  allowed: a time other than start, 10:00",
        '  remedy:  for the whole day: start: "00:00", end: "24:00"',
      ],
    },
    {
      title: "a time that clocks skip on that date",
      peaks: [{ ...FRIDAY, dates: ["2030-03-30", "2030-03-31"], start: "22:00", end: "02:30" }],
      fault: [
        "web-store:peakCalendar[0].end",
        "  got:     02:30",
        "  allowed: a time that the clocks of Europe/Berlin show on 2030-03-30: they are put forward and skip it",
        "  remedy:  choose a time an hour later or earlier",
      ],
    },
    {
      title: "a start that clocks skip, with an end on the next day",
      peaks: [{ ...FRIDAY, dates: ["2030-03-31"], start: "02:30", end: "01:00" }],
      fault: [
        "web-store:peakCalendar[0].start",
        "  got:     02:30",
        "  allowed: a time that the clocks of Europe/Berlin show on 2030-03-31: they are put forward and skip it",
        "  remedy:  choose a time an hour later or earlier",
      ],
    },
    {
      title: "an end that clocks skip, on the same day",
      peaks: [{ ...FRIDAY, dates: ["2030-03-31"], start: "01:00", end: "02:30" }],
      fault: [
        "web-store:peakCalendar[0].end",
        "  got:     02:30",
        "  allowed: a time that the clocks of Europe/Berlin show on 2030-03-31: they are put forward and skip it",
        "  remedy:  choose a time an hour later or earlier",
      ],
    },
    {
      title: "a weekly start, less its lead, that clocks skip or show twice",
      peaks: [{ ...WEEKEND, start: "03:00", timeZone: "America/New_York", leadMinutes: 60 }],
      fault: [
        "web-store:peakCalendar[0].start",
        "  got:     03:00",
        "  allowed: a time with which start, less leadMinutes, 60, is outside sun 02:00 to 03:00 and sun 01:00 to 02:00, when the clocks of America/New_York are changed",
        "  remedy:  choose a time outside them, or give the peak dates",
      ],
    },
    {
      title: "a weekly end that clocks skip or show twice",
      peaks: [{ ...WEEKEND, days: ["sat"], end: "02:30" }],
      fault: [
        "web-store:peakCalendar[0].end",
        "  got:     02:30",
        "  allowed: a time with which end is outside sun 02:00 to 03:00, when the clocks of Europe/Berlin are changed",
        "  remedy:  choose a time outside them, or give the peak dates",
      ],
    },
    {
      title: "a minimum size above the maximum",
      peaks: [{ ...WEEKEND, minSize: 5 }],
      fault: [
        "web-store:peakCalendar[0].minSize",
        "  got:     5",
        "  allowed: at most fleet.maxSize, 4",
        "  remedy:  lower it to 4, or give the peak maxSize: 5",
      ],
    },
    {
      title: "a minimum size above the peak's own maximum",
      peaks: [{ ...WEEKEND, minSize: 9, maxSize: 8 }],
      fault: [
        "web-store:peakCalendar[0].minSize",
        "  got:     9",
        "  allowed: at most the peak's maxSize, 8",
        "  remedy:  lower it to 8, or give the peak maxSize: 9",
      ],
    },
    {
      title: "a minimum size below the usual one",
      peaks: [{ ...WEEKEND, minSize: 1 }],
      fault: [
        "web-store:peakCalendar[0].minSize",
        "  got:     1",
        "  allowed: no value, or at least fleet.minSize, 2: a peak does not reduce capacity",
        "  remedy:  raise it to 2, or remove it",
      ],
    },
    {
      title: "a maximum size below the usual one",
      peaks: [{ ...WEEKEND, maxSize: 3 }],
      fault: [
        "web-store:peakCalendar[0].maxSize",
        "  got:     3",
        "  allowed: no value, or at least fleet.maxSize, 4: instances above it would be terminated as the peak begins",
        "  remedy:  raise it to 4, or remove it",
      ],
    },
    {
      title: "a lead shorter than an instance's boot time",
      peaks: [{ ...WEEKEND, leadMinutes: 4 }],
      more: { "fleet.bootSeconds": "241" },
      fault: [
        "web-store:peakCalendar[0].leadMinutes",
        "  got:     4",
        "  allowed: at least 5: an instance needs fleet.bootSeconds, 241, until it serves",
        "  remedy:  raise it to 5 or more; AWS starts many instances one after another",
      ],
    },
    {
      title: "requests that minSize does not carry after the loss of a zone",
      peaks: [{ ...WEEKEND, minSize: 4, peakRequestsPerMinute: 2001 }],
      fault: [
        "web-store:peakCalendar[0].peakRequestsPerMinute",
        "  got:     2001",
        "  allowed: at most 2000: of the peak's minSize, 4, instances in 2 zones, 2 are left when a zone is lost, for fleet.requestsPerTargetPerMinute, 1000, each",
        "  remedy:  raise the peak's minSize to 6",
      ],
    },
    {
      title: "fewer capacity units than AWS reserves",
      peaks: [{ ...WEEKEND, capacityUnits: 99 }],
      fault: [
        "web-store:peakCalendar[0].capacityUnits",
        "  got:     99",
        "  allowed: a whole number from 100 to 15000",
        "  remedy:  for example: capacityUnits: 500",
      ],
    },
    {
      title: "alarms muted for longer than AWS allows",
      peaks: [{ ...FRIDAY, dates: [], from: "2030-12-20", to: "2031-01-03", muteAlarms: ["orders"] }],
      fault: [
        "web-store:peakCalendar[0].muteAlarms",
        '  got:     ["orders"]',
        "  allowed: none: AWS mutes alarms for 15 days at most, and black-friday is longer",
        "  remedy:  split it into peaks of fewer days, or remove muteAlarms",
      ],
    },
    {
      title: "two peaks with different sizes on the same date",
      peaks: [FRIDAY, { ...FRIDAY, name: "sale", minSize: 3, start: "18:00" }],
      fault: [
        "web-store:peakCalendar[1].name",
        "  got:     sale",
        "  allowed: no overlap with black-friday, which sets another minSize on the same dates",
        "  remedy:  move one of them, or give both the same minSize",
      ],
    },
    {
      title: "two weekly peaks with different sizes at the same time",
      peaks: [
        WEEKEND,
        { ...WEEKEND, name: "saturday", days: ["fri"], start: "20:00", end: "10:30", minSize: 4 },
      ],
      fault: [
        "web-store:peakCalendar[1].name",
        "  got:     saturday",
        "  allowed: no overlap with weekend, which sets another minSize on the same day of the week",
        "  remedy:  move one of them, or give both the same minSize",
      ],
    },
    {
      title: "weekly peaks in two time zones that overlap in some weeks of the year",
      peaks: [
        { ...WEEKEND, days: ["fri"], start: "12:00", end: "18:00", leadMinutes: 15 },
        {
          ...WEEKEND,
          name: "new-york",
          days: ["fri"],
          start: "12:30",
          end: "18:00",
          timeZone: "America/New_York",
          leadMinutes: 15,
        },
      ],
      fault: [
        "web-store:peakCalendar[1].name",
        "  got:     new-york",
        "  allowed: no overlap with weekend, including leadMinutes and the last minute: the two are in different time zones, and each sets minSize back when it ends",
        "  remedy:  move one of them, or put new-york into Europe/Berlin too",
      ],
    },
    {
      title: "a weekly peak that would reset maxSize during a peak with dates",
      peaks: [
        { ...FRIDAY, dates: ["2030-11-30"], maxSize: 9 },
        { ...WEEKEND, maxSize: 8 },
      ],
      fault: [
        "web-store:peakCalendar[1].name",
        "  got:     weekend",
        "  allowed: no overlap with black-friday: weekend would set maxSize back for a minute in the middle of black-friday",
        "  remedy:  remove maxSize from weekend, and raise the stack's maxSize instead if necessary",
      ],
    },
    {
      title: "dates in a weekly peak that would reset maxSize",
      peaks: [
        { ...WEEKEND, maxSize: 8 },
        { ...FRIDAY, dates: ["2030-11-30"], maxSize: 9 },
      ],
      fault: [
        "web-store:peakCalendar[1].name",
        "  got:     black-friday",
        "  allowed: no overlap with weekend: weekend would set maxSize back for a minute in the middle of black-friday",
        "  remedy:  remove maxSize from weekend, and raise the stack's maxSize instead if necessary",
      ],
    },
    {
      title: "a weekly start without a lead that clocks skip",
      peaks: [{ ...WEEKEND, minSize: undefined, freezeDeploys: true, leadMinutes: 0, start: "02:00" }],
      fault: [
        "web-store:peakCalendar[0].start",
        "  got:     02:00",
        "  allowed: a time with which start is outside sun 02:00 to 03:00, when the clocks of Europe/Berlin are changed",
        "  remedy:  choose a time outside them, or give the peak dates",
      ],
    },
    {
      title: "a peak that lasts the whole week",
      peaks: [
        { ...WEEKEND, days: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], start: "08:00", end: "07:45" },
      ],
      fault: [
        "web-store:peakCalendar[0].name",
        "  got:     weekend",
        "  allowed: a time of the week at which no weekly peak, including its lead, sets minSize",
        "  remedy:  set the stack's minSize for the whole week, and use the calendar only for values above it",
      ],
    },
    {
      title: "reservations reduced more often in a day than AWS allows",
      peaks: [
        ["06:00", "07:00"],
        ["12:00", "13:00"],
        ["18:00", "19:00"],
      ].map(([start, end], index) => ({
        ...WEEKEND,
        name: `rush-${index}`,
        days: ["fri"],
        start,
        end,
        minSize: undefined,
        capacityUnits: 100,
      })),
      fault: [
        "web-store:peakCalendar",
        "  got:     LIST",
        "  allowed: peaks after which capacityUnits fall 2 times a day at most, AWS's limit: on each fri they fall 3 times",
        "  remedy:  merge consecutive peaks, or set capacityUnits only for the highest",
      ],
    },
  ];

  for (const { title, peaks, more, fault } of table) {
    it(`refuses ${title}`, () => {
      const changes = calendarOf(...peaks);
      assert.equal(
        messageOf({ ...changes, ...more }),
        [
          "Stack dev has 1 setting to correct. Nothing was created or changed.",
          "",
          ...fault.map((line) => line.replace("LIST", changes.peakCalendar)),
        ].join("\n"),
      );
    });
  }

  it("refuses more scheduled actions than AWS allows for a group", () => {
    const dates = (month: number, days: number): string[] =>
      Array.from({ length: days }, (_, day) => `2030-0${month}-${String(day + 1).padStart(2, "0")}`);
    const evening = { ...FRIDAY, start: "18:00", end: "22:00", minSize: 3 };
    const quarters = [1, 5, 6].map((month) => ({
      ...evening,
      name: `month-${month}`,
      dates: dates(month, 20),
    }));
    assert(isAccepted(calendarOf(...quarters, { ...evening, name: "last", dates: dates(7, 2) })));
    assert.match(
      messageOf(calendarOf(...quarters, { ...evening, name: "last", dates: dates(7, 3) })),
      /allowed: peaks that make up to 125 scheduled actions: AWS's limit for a group, and these make 126\n/,
    );
  });

  it("reports all errors at once, and no second error for a peak whose times are wrong", () => {
    const message = messageOf(
      calendarOf({ ...WEEKEND, minSize: 9, end: "10:00" }, { ...WEEKEND, name: "other", days: [] }, FRIDAY),
    );
    assert.deepEqual(
      [...message.matchAll(/^web-store:.*$/gm)].map(([key]) => key),
      [
        "web-store:peakCalendar[1].name",
        "web-store:peakCalendar[0].end",
        "web-store:peakCalendar[0].minSize",
      ],
    );
  });

  it("requires room for its peaks in the VPC, including waiting instances", () => {
    const small = { "network.cidrBlock": "10.0.0.0/23", "fleet.maxSize": "4" };
    assert(isAccepted({ ...small, ...calendarOf({ ...FRIDAY, maxSize: 60 }) }));
    assert(!isAccepted({ ...small, ...calendarOf({ ...FRIDAY, maxSize: 60, warmPoolSize: 30 }) }));
    assert(!isAccepted({ ...small, ...calendarOf({ ...FRIDAY, maxSize: 80 }) }));
  });

  it("suggests the smallest size that carries a peak with too many requests", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 300_000 }), (zones, requests) => {
        const set = (minSize: number): Record<string, string> => ({
          "network.availabilityZones": JSON.stringify(
            ["a", "b", "c", "d"].slice(0, zones).map((letter) => `eu-west-1${letter}`),
          ),
          "fleet.maxSize": "1000",
          ...calendarOf({ ...FRIDAY, minSize, peakRequestsPerMinute: requests }),
        });
        if (isAccepted(set(2))) return;
        const [, size] = /raise the peak's minSize to (\d+)/.exec(messageOf(set(2))) ?? [];
        assert(isAccepted(set(Number(size))));
        assert(!isAccepted(set(Number(size) - 1)));
      }),
    );
  });
});
