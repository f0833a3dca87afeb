import { clock } from "../../../clock";
import { AUTO_SCALING_GROUP, SCHEDULE } from "../../../resources";
import { read } from "../../../read";
import type { Reading } from "../../../read";
import type { Expectation } from "../../../rule";
import { refusal, text, wholeNumber } from "../known";
import { form } from "./line";
import type { Limit, Line } from "./line";

const API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";

const SIZES = ["minSize", "desiredCapacity", "maxSize"] as const;
/** -1 keeps the current size. */
const SIZE_OR_NONE: Expectation = {
  accepts: (value) => (wholeNumber({ kind: "known", value }) ?? -2) >= -1,
  allowed: "a whole number of at least 0, or -1 to keep the size",
  vocabulary: /^-?\d{1,9}$/,
};

const TIME: Expectation = {
  accepts: (value) => typeof value === "string" && timeOf(value) !== undefined,
  allowed: 'a time in UTC such as "2030-11-29T06:00:00Z"',
  vocabulary: /^[\d-]{1,10}(T[\d:.]{1,12}Z?)?$/,
};

const RECURRENCE: Expectation = {
  accepts: (value) => typeof value === "string" && isCron(value),
  allowed: 'a cron expression of five fields, such as "0 7 * * 1-5"',
  vocabulary: /^[\d*/, -]{1,64}$/,
};

const TIME_ZONE: Expectation = {
  accepts: (value) => typeof value === "string" && isTimeZone(value) && !isAlias(value),
  allowed: 'the canonical name of an IANA time zone, such as "Europe/Berlin" or "America/New_York"',
};

/** The values of a single size. */
const SIZE: Expectation = {
  accepts: (value) => (wholeNumber({ kind: "known", value }) ?? -1) >= 0,
  allowed: "a whole number of at least 0",
  vocabulary: /^-?\d{1,9}$/,
};

/** Sizes of Auto Scaling groups, and their scheduled actions. */
export const SIZES_AND_SCHEDULES = {
  "group-sizes": {
    types: AUTO_SCALING_GROUP,
    problems: groupProblems,
    example: { minSize: 2, desiredCapacity: 3, maxSize: 6 },
    source: `${API}/API_CreateAutoScalingGroup.html`,
  },
  "scheduled-action": {
    types: SCHEDULE,
    problems: scheduleProblems,
    example: {
      minSize: 4,
      maxSize: -1,
      desiredCapacity: -1,
      recurrence: "0 7 * * 1-5",
      timeZone: "Europe/Berlin",
    },
    source: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html",
  },
} satisfies Readonly<Record<string, Line>>;

function groupProblems(props: unknown): (string | undefined)[] {
  const sizes = ["minSize", "desiredCapacity", "maxSize"].map((property): [string, Reading] => [
    property,
    read(props, [property]),
  ]);
  return [
    ...sizes.map(([property, reading]) => refusal(property, reading, SIZE)),
    ...orderProblems(sizes.map(([property, reading]) => [property, wholeNumber(reading)])),
  ];
}

/**
 * The pairs of sizes that are out of order; unknown sizes are skipped.
 *
 * @param sizes with their names, in the order they must have
 */
export function orderProblems(
  sizes: readonly (readonly [name: string, size: number | undefined])[],
): string[] {
  return sizes.flatMap(([low, least], index) =>
    sizes
      .slice(index + 1)
      .flatMap(([high, most]) =>
        least !== undefined && most !== undefined && least > most
          ? [`${low} is ${least}, but ${high} is ${most}; ${low} must not be greater`]
          : [],
      ),
  );
}

/** Sizes must be in order (-1 keeps a size), times in order and in the future, and the recurrence and time zone valid. */
function scheduleProblems(props: unknown): (string | undefined)[] {
  const at = (property: string): [string, Reading] => [property, read(props, [property])];
  return [
    ...SIZES.map((size) => refusal(...at(size), SIZE_OR_NONE)),
    ...sizeProblems(props),
    refusal(...at("startTime"), TIME),
    refusal(...at("endTime"), TIME),
    ...timesProblems(props),
    refusal(...at("recurrence"), RECURRENCE),
    refusal(...at("timeZone"), TIME_ZONE),
  ];
}

/** The provider sends a size that is not set as 0, and omits -1. */
function sizeProblems(props: unknown): string[] {
  const sizes = SIZES.map((property) => {
    const reading = read(props, [property]);
    return {
      property,
      size: reading.kind === "absent" ? 0 : wholeNumber(reading),
      isAbsent: reading.kind === "absent",
    };
  });
  if (sizes.every(({ size }) => size === -1))
    return ["all sizes are -1; AWS requires at least one other value"];
  if (sizes.every(({ isAbsent }) => isAbsent)) {
    return [
      `none of minSize, desiredCapacity and maxSize is set, so that each is sent as 0; AWS requires at least one of them`,
    ];
  }
  return orderProblems(
    sizes.map(({ property, size, isAbsent }) => [
      isAbsent ? `${property} (not set)` : property,
      size !== undefined && size >= 0 ? size : undefined,
    ]),
  );
}

function timesProblems(props: unknown): (string | undefined)[] {
  const times = ["startTime", "endTime"].map((property) => ({
    property,
    time: timeOf(text(read(props, [property])) ?? ""),
  }));
  const [start, end] = times.map(({ time }) => time);
  return [
    ...times.map(({ property, time }) =>
      time !== undefined && time <= clock.now()
        ? `${property} is in the past; it must be in the future, or not set`
        : undefined,
    ),
    start !== undefined && end !== undefined && start >= end
      ? "startTime is not before endTime; it must be earlier"
      : undefined,
  ];
}

/** Milliseconds since 1970; undefined if the provider cannot parse the time. */
function timeOf(time: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time)) return undefined;
  const date = new Date(time);
  // Date accepts the 31st of November as the 1st of December.
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== time.slice(0, 19)
    ? undefined
    : date.getTime();
}

/** Bounds of the fields of a cron expression: minute, hour, day of the month, month, day of the week. */
const CRON_FIELDS: readonly (readonly [low: number, high: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
];

/** True for a cron expression of five fields whose numbers are within bounds. */
export function isCron(expression: string): boolean {
  const fields = expression.trim().split(/\s+/);
  return (
    fields.length === CRON_FIELDS.length &&
    fields.every((field, index) => {
      const [low, high] = CRON_FIELDS[index]!;
      // A slash precedes a step, which has no bounds.
      const numbers = field.replace(/\/\d+/g, "").match(/\d+/g) ?? [];
      return (
        /^[0-9A-Za-z*/,?#-]+$/.test(field) && numbers.every((number) => +number >= low && +number <= high)
      );
    })
  );
}

/**
 * True for time zone names that have been aliases for decades: AWS accepts only canonical names. Aliases within an
 * area, such as Europe/Amsterdam since 2022, pass: the canonical name changes between releases of the database, and AWS
 * accepts both.
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html (TimeZone);
 * the file `backward` of the IANA Time Zone Database
 */
function isAlias(name: string): boolean {
  return /^(US|Canada|Brazil|Chile|Mexico)\//.test(name) || OLD_WORDS.split(" ").includes(name);
}

const OLD_WORDS =
  "Cuba Egypt Eire GB GB-Eire GMT+0 GMT-0 GMT0 Greenwich Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya " +
  "NZ NZ-CHAT Navajo PRC Poland Portugal ROC ROK Singapore Turkey UCT Universal W-SU Zulu";

/** A time zone by any of its names; schedules of Auto Scaling groups accept fewer. */
export const NAME_OF_ZONE: Limit = form(isTimeZone, 'the name of a time zone, such as "Europe/London"');

/** True for the name of a time zone, but not for an offset such as +01:00. */
function isTimeZone(name: string): boolean {
  const known = timeZones.get(name) ?? (/^[A-Za-z]/.test(name) && isKnownToIntl(name));
  timeZones.set(name, known);
  return known;
}

/** By name, whether it is a time zone: the check takes longer than all other limits of this rule together. */
const timeZones = new Map<string, boolean>();

function isKnownToIntl(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
