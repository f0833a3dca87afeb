import * as v from "valibot";

import { isTimeZone, parseDate, WEEKDAYS } from "../../components/calendar/wall-clock";
import { boolean, formatted, integer, listOf, matching, optional, text, texts } from "../settings/fields";

/** A day: `2028-02-29`. */
const DATE = formatted("date", (day) => parseDate(day) !== undefined, /^\d{4}-\d\d-\d\d$/);

/** The name of an IANA time zone. */
const TIME_ZONE = formatted("time-zone", isTimeZone, /^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]*)+$/);

// Pulumi's YAML takes a bare date for a time.
const date = { allowed: 'a date in quotes such as "2030-11-29"', example: '"2030-11-29"', of: DATE };

const time = {
  allowed: "a time from 00:00 to 24:00",
  example: '"18:00"',
  of: matching(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
};

/** Peaks that are known ahead. */
export const schema = {
  peakCalendar: listOf(
    {
      name: text({
        description: "What people call the peak, unlike any other's.",
        allowed: "a small letter, then up to 29 small letters, digits and hyphens",
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
      start: text({ description: "When it starts, on the clocks of timeZone.", default: "00:00", ...time }),
      end: text({
        description:
          "When it ends; with days or dates, not after start means on the next day. Then the usual capacity is back.",
        default: "24:00",
        ...time,
      }),
      timeZone: text({
        description: "IANA time zone of its days and times. Summer and winter time are taken care of.",
        allowed:
          "the canonical name of an IANA time zone, such as Europe/Berlin or America/New_York (not US/Eastern); Etc/UTC for UTC",
        example: "Europe/Berlin",
        of: TIME_ZONE,
      }),
      minSize: optional(
        integer(1, 1000, {
          description: "Instances that run at the least; without, as many as usual.",
          example: 6,
        }),
      ),
      maxSize: optional(
        integer(1, 1000, {
          description: "Instances that run at the most; without, as many as usual.",
          example: 18,
        }),
      ),
      peakRequestsPerMinute: optional(
        integer(1, 1_000_000_000, {
          description:
            "Requests a minute that minSize instances must carry with one zone lost, if anybody knows.",
          example: 8000,
        }),
      ),
      warmPoolSize: optional(
        integer(1, 1000, {
          description:
            "Instances that wait in the warm pool, booted and stopped; each costs its volume. Without, as many as usual.",
          example: 2,
        }),
      ),
      capacityUnits: optional(
        integer(100, 15_000, {
          description:
            "Capacity units reserved for the load balancer, each for about a US cent an hour; without, as many as usual.",
          example: 500,
        }),
      ),
      leadMinutes: integer(0, 1440, {
        description: "Minutes before start at which AWS begins to provide the capacity.",
        default: 30,
      }),
      freezeDeploys: boolean({
        description:
          "Whether the deploy gate shall hold deployments back, lead included. The stack only outputs it.",
        default: false,
      }),
      muteAlarms: texts({
        description:
          "Names of CloudWatch alarms that notify nobody meanwhile, lead included. Alarms of others must be there already.",
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
        "Peaks that are known ahead: weekends, hours of the week, dated holidays. AWS provides the capacity before each and takes it back after; see docs/peak-calendar.md.",
      example:
        'peakCalendar: [{ name: weekend, days: [sat, sun], start: "09:00", end: "23:00", timeZone: Europe/Berlin, minSize: 4 }]',
      atMost: 50,
    },
  ),
} as const;
