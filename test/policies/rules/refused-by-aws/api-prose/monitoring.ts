import type { MONITORING } from "../../../../../policies/rules/refused-by-aws/api-prose/monitoring";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

/** By line of MONITORING. */
export const MONITORING_REFUSED: Readonly<Record<keyof typeof MONITORING, Refused>> = {
  "alarm-period": [
    [{ period: 45 }, "period is 45; AWS takes 10, 20, 30 or a multiple of 60 (seconds)"],
    [
      { metricQueries: [{ metric: { period: 90 } }] },
      "metricQueries[0].metric.period is 90; AWS takes 10, 20, 30 or a multiple of 60 (seconds)",
    ],
  ],
  "alarm-window": [
    [
      { period: 60, evaluationPeriods: 1_441 },
      "period times evaluationPeriods is 86460 seconds; AWS takes 86400 at most, or 604800 with a period of an hour or more",
    ],
    [
      { period: 3_600, evaluationPeriods: 169 },
      "period times evaluationPeriods is 608400 seconds; AWS takes 86400 at most, or 604800 with a period of an hour or more",
    ],
    [
      { evaluationPeriods: 2, datapointsToAlarm: 3 },
      "datapointsToAlarm is 3 and evaluationPeriods is 2; AWS takes no more datapoints than periods",
    ],
  ],
  "alarm-statistic": [
    [
      { metricName: "Latency", statistic: "Average", extendedStatistic: "p99" },
      "statistic and extendedStatistic are both set; AWS takes one of them with metricName",
    ],
    [
      { metricName: "Latency", threshold: 1 },
      "statistic and extendedStatistic are both left out; AWS takes one of them with metricName",
    ],
  ],
  "missing-data": [
    [
      { treatMissingData: "notbreaching" },
      'treatMissingData is "notbreaching"; AWS takes "breaching", "notBreaching", "ignore", "missing"',
    ],
  ],
  "low-samples": [
    [
      { evaluateLowSampleCountPercentiles: true },
      'evaluateLowSampleCountPercentiles is true; AWS takes "evaluate", "ignore"',
    ],
  ],
  "dashboard-name": [
    [
      { dashboardName: "store prod.eu" },
      'dashboardName contains " " and "."; AWS takes up to 255 characters: A-Z, a-z, 0-9, - and _',
    ],
  ],
  "mute-schedule": ["cron(0 2 * * ? *)", "cron(*/5 * * * *)", "at(2026-12-24T14)", "rate(1 hour)"].map(
    (expression) =>
      [
        { rule: { schedule: { expression } } },
        "rule.schedule.expression is another string (not shown, as it may be secret); " +
          "AWS takes cron(0 2 * * SUN), of five fields with *, - and ,, or at(2026-12-24T14:00)",
      ] as const,
  ),
  "mute-duration": ["PT30S", "P16D", "4h", "P"].map(
    (duration) =>
      [
        { rule: { schedule: { duration } } },
        "rule.schedule.duration is another string (not shown, as it may be secret); " +
          'AWS takes an ISO 8601 duration from "PT1M" to "P15D"',
      ] as const,
  ),
  "mute-time-zone": [
    [
      { rule: { schedule: { timezone: "Europe/Londn" } } },
      "rule.schedule.timezone is another string (not shown, as it may be secret); " +
        'AWS takes the name of a time zone, such as "Europe/London"',
    ],
  ],
  "log-retention": [
    [
      { retentionInDays: 45 },
      'retentionInDays is 45; AWS takes "0", "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", ' +
        '"400", "545", "731", "1096", "1827", "2192", "2557", "2922", "3288", "3653"',
    ],
  ],
  "log-group-name": [
    [
      { name: "aws/store" },
      "name is another string (not shown, as it may be secret); " +
        'AWS takes a name without "aws/" in front ("/aws/" is taken)',
    ],
  ],
  "alarm-threshold": [
    [
      { metricName: "a", statistic: "Sum" },
      "threshold and thresholdMetricId are both left out; AWS takes one of them",
    ],
    [{ metricName: "a", statistic: "Sum", threshold: 0 }],
    [{ evaluationCriteria: UNKNOWN }],
    [{ metricQueries: UNKNOWN, thresholdMetricId: "band" }],
  ],
  "alarm-percentile": [
    [
      { extendedStatistic: "99p" },
      "extendedStatistic is another string (not shown, as it may be secret); AWS takes a percentile such as p99, or a trimmed mean such as tm90",
    ],
    [{ extendedStatistic: "p99" }],
    [{ extendedStatistic: "p99.99" }],
    [{ extendedStatistic: "tm90" }],
    [{ extendedStatistic: "TM(10%:90%)" }],
    [{ extendedStatistic: "PR(0:100)" }],
    [{ extendedStatistic: "IQM" }],
  ],
};
