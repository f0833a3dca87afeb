import * as v from "valibot";

import { isTimeZone, parseDate, WEEKDAYS } from "../../components/calendar/wall-clock";
import { boolean, formatted, integer, listOf, matching, optional, text, texts } from "../settings/fields";

/** A day: `2028-02-29`. */
const DATE = formatted("date", (day) => parseDate(day) !== undefined, /^\d{4}-\d\d-\d\d$/);

/** The name of an IANA time zone. */
const TIME_ZONE = formatted("time-zone", isTimeZone, /^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]*)+$/);

// Pulumi's YAML parses an unquoted date as a time.
const date = { allowed: 'a date in quotes such as "2030-11-29"', example: '"2030-11-29"', of: DATE };

const time = {
  allowed: "a time from 00:00 to 24:00",
  example: '"18:00"',
  of: matching(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
};

/** Planned peaks. */
export const schema = {
  peakCalendar: listOf(
    {
      name: text({
        description: "Name of the peak, unique in the calendar.",
        allowed: "a lowercase letter, then up to 29 lowercase letters, digits and hyphens",
        example: "black-friday",
        of: matching(/^[a-z][a-z0-9-]{0,29}$/),
      }),
      days: texts({
        description: "Days of the week on which it starts, for a peak that recurs every week.",
        default: Object.freeze([]),
        allowed: `up to 7 different days of ${WEEKDAYS.join(", ")}`,
        example: "sat, sun",
        items: v.picklist(WEEKDAYS),
      }),
      dates: texts({
        description: "Days on which it starts, for a peak with dates.",
        default: Object.freeze([]),
        allowed: 'up to 20 different dates in quotes such as "2030-11-29"',
        example: '"2030-12-23", "2030-12-24"',
        maxItems: 20,
        items: DATE,
      }),
      from: optional(
        text({ description: "Day on which it starts, for a peak of several days without a break.", ...date }),
      ),
      to: optional(text({ description: "Day on which it ends, for a peak with from.", ...date })),
      start: text({ description: "Time at which it starts, in timeZone.", default: "00:00", ...time }),
      end: text({
        description:
          "Time at which it ends and the usual capacity returns. With days or dates, a time not after start is on the next day.",
        default: "24:00",
        ...time,
      }),
      timeZone: text({
        description: "IANA time zone of its days and times, with daylight saving time.",
        allowed:
          "the canonical name of an IANA time zone, such as Europe/Berlin or America/New_York (not US/Eastern); Etc/UTC for UTC",
        example: "Europe/Berlin",
        of: TIME_ZONE,
      }),
      minSize: optional(
        integer(1, 1000, {
          description: "Minimum number of instances; if not set, the usual one.",
          example: 6,
        }),
      ),
      maxSize: optional(
        integer(1, 1000, {
          description: "Maximum number of instances; if not set, the usual one.",
          example: 18,
        }),
      ),
      peakRequestsPerMinute: optional(
        integer(1, 1_000_000_000, {
          description: "Requests per minute that minSize instances must serve with one zone lost, if known.",
          example: 8000,
        }),
      ),
      warmPoolSize: optional(
        integer(1, 1000, {
          description:
            "Instances that wait in the warm pool, booted and stopped; each costs its volume. If not set, the usual number.",
          example: 2,
        }),
      ),
      capacityUnits: optional(
        integer(100, 15_000, {
          description:
            "Capacity units reserved for the load balancer, each for about a US cent an hour; if not set, the usual number.",
          example: 500,
        }),
      ),
      leadMinutes: integer(0, 1440, {
        description: "Minutes before start at which AWS begins to provide the capacity.",
        default: 30,
      }),
      freezeDeploys: boolean({
        description:
          "Whether the deploy gate holds deployments back during the peak and leadMinutes. The stack only outputs it.",
        default: false,
      }),
      muteAlarms: texts({
        description:
          "Names of CloudWatch alarms that are muted during the peak and leadMinutes. Alarms outside the stack must already exist.",
        default: Object.freeze([]),
        allowed: "up to 100 different names of alarms",
        example: "store-latency",
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MuteTargets.html
        maxItems: 100,
        items: matching(/^[\x20-\x7e]{1,255}$/),
      }),
    },
    {
      description:
        "Planned peaks: weekends, hours of the week, holidays on given dates. AWS provides the capacity before each and removes it afterwards; see docs/peak-calendar.md.",
      example:
        'peakCalendar: [{ name: weekend, days: [sat, sun], start: "09:00", end: "23:00", timeZone: Europe/Berlin, minSize: 4 }]',
      atMost: 50,
    },
  ),
} as const;
