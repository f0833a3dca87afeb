import { METRIC_ALARM } from "../../../resources";
import { read } from "../../../read";
import { oneOf, wholeNumber } from "../known";
import { isCron, NAME_OF_ZONE } from "./sizes";
import { characters, each, expecting, form } from "./line";
import { needs, unless } from "./needs";
import type { Line } from "./line";
import { ALARM_MUTE_RULE, DASHBOARD, LOG_GROUP } from "./types";

const API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference";

const DAY = 86_400;

const PERIOD = expecting({
  accepts: (value) => {
    const seconds = wholeNumber({ kind: "known", value }) ?? -1;
    return [10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0);
  },
  allowed: "10, 20, 30 or a multiple of 60 (seconds)",
  vocabulary: /^-?\d{1,9}$/,
});

/** 0 means no expiration: the provider then sends nothing. */
const RETENTION =
  "0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653".split(
    ", ",
  );

/** Alarms, mute rules, dashboards and log groups. */
export const MONITORING = {
  "alarm-period": {
    types: METRIC_ALARM,
    problems: each(["period", "metricQueries.*.period", "metricQueries.*.metric.period"], PERIOD),
    example: { metricName: "TargetResponseTime", statistic: "Maximum", period: 60, evaluationPeriods: 5 },
    source: `${API}/API_PutMetricAlarm.html`,
  },
  "alarm-window": {
    types: METRIC_ALARM,
    problems: windowProblems,
    example: {
      metricName: "TargetResponseTime",
      statistic: "Maximum",
      period: 3_600,
      evaluationPeriods: 48,
      datapointsToAlarm: 40,
    },
    source: `${API}/API_PutMetricAlarm.html`,
  },
  "alarm-statistic": {
    types: METRIC_ALARM,
    problems: (props) => {
      const [name, statistic, extended] = ["metricName", "statistic", "extendedStatistic"].map((property) =>
        read(props, [property]),
      );
      if (name?.kind === "absent") return [];
      return [
        statistic?.kind !== "absent" && extended?.kind !== "absent"
          ? "statistic and extendedStatistic are both set; AWS allows only one of them"
          : statistic?.kind === "absent" && extended?.kind === "absent"
            ? "neither statistic nor extendedStatistic is set; AWS requires one of them if metricName is set"
            : undefined,
      ];
    },
    example: { metricName: "TargetResponseTime", extendedStatistic: "p99" },
    source: `${API}/API_PutMetricAlarm.html`,
  },
  "alarm-percentile": {
    types: METRIC_ALARM,
    problems: each(
      ["extendedStatistic"],
      form(
        (statistic) => /^((p|tc|tm|ts|wm)\d{1,3}(\.\d+)?|(PR|TC|TM|TS|WM)\(.+\)|IQM)$/i.test(statistic),
        "a percentile such as p99, or a trimmed mean such as tm90",
      ),
    ),
    example: { extendedStatistic: "p99.9" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html",
  },
  "alarm-threshold": {
    types: METRIC_ALARM,
    problems: unless(["evaluationCriteria"], needs("one", ["threshold", "thresholdMetricId"])),
    example: { threshold: 80 },
    source: `${API}/API_PutMetricAlarm.html`,
  },
  "missing-data": {
    types: METRIC_ALARM,
    problems: each(
      ["treatMissingData"],
      expecting(oneOf(["breaching", "notBreaching", "ignore", "missing"])),
    ),
    example: { metricName: "TargetResponseTime", statistic: "Maximum", treatMissingData: "notBreaching" },
    source: `${API}/API_PutMetricAlarm.html`,
  },
  "low-samples": {
    types: METRIC_ALARM,
    problems: each(["evaluateLowSampleCountPercentiles"], expecting(oneOf(["evaluate", "ignore"]))),
    example: {
      metricName: "TargetResponseTime",
      extendedStatistic: "p99",
      evaluateLowSampleCountPercentiles: "ignore",
    },
    source: `${API}/API_PutMetricAlarm.html`,
  },
  "dashboard-name": {
    types: DASHBOARD,
    problems: each(
      ["dashboardName"],
      characters(255, "up to 255 characters: A-Z, a-z, 0-9, - and _", /[^A-Za-z0-9_-]/gu),
    ),
    example: { dashboardName: "web-store-prod" },
    source: `${API}/API_PutDashboard.html`,
  },
  "mute-schedule": {
    types: ALARM_MUTE_RULE,
    problems: each(
      ["rule.schedule.expression"],
      form((expression) => {
        const cron = /^cron\((.*)\)$/.exec(expression)?.[1];
        return cron === undefined
          ? /^at\(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?\)$/.test(expression)
          : isCron(cron) && /^[0-9A-Za-z*, -]+$/.test(cron);
      }, "a cron expression of five fields with *, - and commas, such as cron(0 2 * * SUN), or a time such as at(2026-12-24T14:00)"),
    ),
    example: { rule: { schedule: { expression: "cron(0 18 * * FRI)", duration: "PT4H" } } },
    source: `${API}/API_Schedule.html`,
  },
  "mute-duration": {
    types: ALARM_MUTE_RULE,
    problems: each(
      ["rule.schedule.duration"],
      form((duration) => {
        const minutes = minutesOf(duration) ?? 0;
        return minutes >= 1 && minutes <= 15 * 24 * 60;
      }, 'an ISO 8601 duration from "PT1M" to "P15D"'),
    ),
    example: { rule: { schedule: { expression: "at(2026-12-24T14:00)", duration: "P2DT12H" } } },
    source: `${API}/API_Schedule.html`,
  },
  "mute-time-zone": {
    types: ALARM_MUTE_RULE,
    problems: each(["rule.schedule.timezone"], NAME_OF_ZONE),
    example: {
      rule: { schedule: { expression: "cron(0 2 * * *)", duration: "PT1H", timezone: "Asia/Tokyo" } },
    },
    source: `${API}/API_Schedule.html`,
  },
  "log-retention": {
    types: LOG_GROUP,
    problems: each(["retentionInDays"], expecting(oneOf(RETENTION, ["\\d{1,9}"]))),
    example: { retentionInDays: 90 },
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
  },
  "log-group-name": {
    types: LOG_GROUP,
    problems: each(
      ["name", "namePrefix"],
      form((name) => !name.startsWith("aws/"), 'a name that does not begin with "aws/" ("/aws/" is allowed)'),
    ),
    example: { name: "/aws/lambda/store-status" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
  },
} satisfies Readonly<Record<string, Line>>;

/** An alarm's evaluation window, and the number of its datapoints that must breach. */
function windowProblems(props: unknown): (string | undefined)[] {
  const [period, periods, datapoints] = ["period", "evaluationPeriods", "datapointsToAlarm"].map((property) =>
    wholeNumber(read(props, [property])),
  );
  const longest = period !== undefined && period < 3_600 ? DAY : 7 * DAY;
  return [
    period !== undefined && periods !== undefined && period * periods > longest
      ? `period times evaluationPeriods is ${period * periods} seconds; AWS allows at most ${DAY}, ` +
        `or ${7 * DAY} if period is an hour or longer`
      : undefined,
    datapoints !== undefined && periods !== undefined && datapoints > periods
      ? `datapointsToAlarm is ${datapoints}, but evaluationPeriods is ${periods}; AWS allows at most ${periods}`
      : undefined,
  ];
}

/** Whole minutes of an ISO 8601 duration in days, hours and minutes; undefined for anything else. */
function minutesOf(duration: string): number | undefined {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration);
  if (parts === null || /[PT]$/.test(duration)) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
}
