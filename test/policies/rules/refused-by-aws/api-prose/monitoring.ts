import type { MONITORING } from "../../../../../policies/rules/refused-by-aws/api-prose/monitoring";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

/** Refused inputs, by line of MONITORING. */
export const MONITORING_REFUSED: Readonly<Record<keyof typeof MONITORING, Refused>> = {
  "alarm-period": [
    [{ period: 45 }, "period is 45; AWS allows 10, 20, 30 or a multiple of 60 (seconds)"],
    [
      { metricQueries: [{ metric: { period: 90 } }] },
      "metricQueries[0].metric.period is 90; AWS allows 10, 20, 30 or a multiple of 60 (seconds)",
    ],
  ],
  "alarm-window": [
    [
      { period: 60, evaluationPeriods: 1_441 },
      "period times evaluationPeriods is 86460 seconds; AWS allows at most 86400, or 604800 if period is an hour or longer",
    ],
    [
      { period: 3_600, evaluationPeriods: 169 },
      "period times evaluationPeriods is 608400 seconds; AWS allows at most 86400, or 604800 if period is an hour or longer",
    ],
    [
      { evaluationPeriods: 2, datapointsToAlarm: 3 },
      "datapointsToAlarm is 3, but evaluationPeriods is 2; AWS allows at most 2",
    ],
  ],
  "alarm-statistic": [
    [
      { metricName: "Latency", statistic: "Average", extendedStatistic: "p99" },
      "statistic and extendedStatistic are both set; AWS allows only one of them",
    ],
    [
      { metricName: "Latency", threshold: 1 },
      "neither statistic nor extendedStatistic is set; AWS requires one of them if metricName is set",
    ],
  ],
  "missing-data": [
    [
      { treatMissingData: "notbreaching" },
      'treatMissingData is "notbreaching"; AWS allows "breaching", "notBreaching", "ignore", "missing"',
    ],
  ],
  "low-samples": [
    [
      { evaluateLowSampleCountPercentiles: true },
      'evaluateLowSampleCountPercentiles is true; AWS allows "evaluate", "ignore"',
    ],
  ],
  "dashboard-name": [
    [
      { dashboardName: "store prod.eu" },
      'dashboardName contains " " and "."; AWS allows up to 255 characters: A-Z, a-z, 0-9, - and _',
    ],
  ],
  "mute-schedule": ["cron(0 2 * * ? *)", "cron(*/5 * * * *)", "at(2026-12-24T14)", "rate(1 hour)"].map(
    (expression) =>
      [
        { rule: { schedule: { expression } } },
        "rule.schedule.expression is another string (not shown, as it may be secret); " +
          "AWS allows a cron expression of five fields with *, - and commas, such as cron(0 2 * * SUN), or a time such as at(2026-12-24T14:00)",
      ] as const,
  ),
  "mute-duration": ["PT30S", "P16D", "4h", "P"].map(
    (duration) =>
      [
        { rule: { schedule: { duration } } },
        "rule.schedule.duration is another string (not shown, as it may be secret); " +
          'AWS allows an ISO 8601 duration from "PT1M" to "P15D"',
      ] as const,
  ),
  "mute-time-zone": [
    [
      { rule: { schedule: { timezone: "Europe/Londn" } } },
      "rule.schedule.timezone is another string (not shown, as it may be secret); " +
        'AWS allows the name of a time zone, such as "Europe/London"',
    ],
  ],
  "log-retention": [
    [
      { retentionInDays: 45 },
      'retentionInDays is 45; AWS allows "0", "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", ' +
        '"400", "545", "731", "1096", "1827", "2192", "2557", "2922", "3288", "3653"',
    ],
  ],
  "log-group-name": [
    [
      { name: "aws/store" },
      "name is another string (not shown, as it may be secret); " +
        'AWS allows a name that does not begin with "aws/" ("/aws/" is allowed)',
    ],
  ],
  "alarm-threshold": [
    [
      { metricName: "a", statistic: "Sum" },
      "neither threshold nor thresholdMetricId is set; AWS requires one of them",
    ],
    [{ metricName: "a", statistic: "Sum", threshold: 0 }],
    [{ evaluationCriteria: UNKNOWN }],
    [{ metricQueries: UNKNOWN, thresholdMetricId: "band" }],
  ],
  "alarm-percentile": [
    [
      { extendedStatistic: "99p" },
      "extendedStatistic is another string (not shown, as it may be secret); AWS allows a percentile such as p99, or a trimmed mean such as tm90",
    ],
    [{ extendedStatistic: "p99" }],
    [{ extendedStatistic: "p99.99" }],
    [{ extendedStatistic: "tm90" }],
    [{ extendedStatistic: "TM(10%:90%)" }],
    [{ extendedStatistic: "PR(0:100)" }],
    [{ extendedStatistic: "IQM" }],
  ],
};
