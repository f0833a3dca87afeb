import type { SCHEDULES } from "../../../../../policies/rules/refused-by-aws/api-prose/schedules";
import type { Props } from "../../../../support/rule-suite";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

const CRON = 'a cron expression of six fields with "?" for one kind of day, such as cron(0 8 ? * MON-FRI *)';
const STRICT = "rate(1 hour), singular for 1, or rate(5 minutes), plural for more";
const LOOSE = "a rate in minutes, hours or days, such as rate(1 hour) or rate(5 minutes)";

/** Texts that are schedules nowhere. */
const NONE = [
  "daily",
  "0 8 * * *",
  "rate",
  "rate(5)",
  "rate(0 minutes)",
  "rate(30 seconds)",
  "rate(1.5 hours)",
  "cron(0 8 * * MON-FRI)",
  "cron(0 8 * * MON *)",
  "cron(0 0 8 ? * MON-FRI *)",
  "cron(60 8 * * ? *)",
  "cron(0 24 * * ? *)",
  "cron(0 8 32 * ? *)",
  "cron(0 8 ? * 0 *)",
  "cron(0 8 * 13 ? *)",
  "cron(0 8 * * ? *",
];

/** Schedules that AWS accepts everywhere, from its pages. */
const SOUND = [
  "rate(1 minute)",
  "rate(5 minutes)",
  "rate(1 day)",
  "rate(12 hours)",
  "cron(15 10 ? * * *)",
  "cron(0 18 ? * MON-FRI *)",
  "cron(0/15 10-16 ? * MON-FRI *)",
  "cron(0 10 * * ? *)",
  "cron(0 8 1 * ? *)",
  "cron(0 9 ? * 2#1 *)",
  "cron(0 10 ? * 6L 2022-2035)",
  "cron(0 12 L * ? *)",
  "cron(0 12 3W * ? *)",
  "cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)",
  "cron(*/5 * ? * 1-7 *)",
  "cron(0 8 1 JAN,APR ? *)",
];

function refused(property: string, expressions: readonly string[], allowed: string): Refused {
  return [
    ...expressions.map((expression): readonly [Props, string] => [
      { [property]: expression },
      `${property} is another string (not shown, as it may be secret); AWS allows ${allowed}`,
    ]),
    ...SOUND.map((expression): readonly [Props] => [{ [property]: expression }]),
  ];
}

/** Refused inputs, by line of SCHEDULES. */
export const SCHEDULES_REFUSED: Readonly<Record<keyof typeof SCHEDULES, Refused>> = {
  "event-schedule": refused(
    "scheduleExpression",
    [...NONE, "rate(1 hours)", "rate(5 minute)", "at(2030-11-29T06:00:00)"],
    `${CRON}; or ${STRICT}`,
  ),
  "scheduler-schedule": [
    ...refused(
      "scheduleExpression",
      [...NONE, "at(2030-11-29 06:00:00)"],
      `at(2030-11-29T06:00:00); or ${CRON}; or ${LOOSE}`,
    ),
    [{ scheduleExpression: "at(2030-11-29T06:00:00)" }],
    [{ scheduleExpression: "rate(1 hours)" }],
  ],
  "scheduled-scaling": [
    ...refused("schedule", [...NONE, "at(tomorrow)"], `at(2030-11-29T06:00:00); or ${CRON}; or ${LOOSE}`),
    [{ schedule: "at(2030-11-29T06:00:00)" }],
  ],
  "glue-schedule": [
    [
      { type: "SCHEDULED", schedule: "rate(1 day)" },
      'schedule is another string (not shown, as it may be secret); AWS allows a cron expression of six fields with "?" for one kind of day, such as cron(0 8 ? * MON-FRI *)',
    ],
    [
      { type: "SCHEDULED", schedule: "cron(15 12 * * ?)" },
      'schedule is another string (not shown, as it may be secret); AWS allows a cron expression of six fields with "?" for one kind of day, such as cron(0 8 ? * MON-FRI *)',
    ],
    [{ type: "SCHEDULED", schedule: UNKNOWN }],
  ],
  "backup-schedule": [
    [
      { rules: [{ schedule: "cron(0 5 * * *)" }, { schedule: "cron(0 5 ? * SUN *)" }] },
      'rules[0].schedule is another string (not shown, as it may be secret); AWS allows a cron expression of six fields with "?" for one kind of day, such as cron(0 8 ? * MON-FRI *); or a rate in minutes, hours or days, such as rate(1 hour) or rate(5 minutes)',
    ],
  ],
  "maintenance-schedule": [
    [{ schedule: UNKNOWN, scheduleExpression: "cron(0 2 ? * SUN)" }],
    [
      { schedule: "cron(0 16 * * 2)", scheduleExpression: "cron(0 2 *)" },
      ...[
        ["schedule", 6],
        ["scheduleExpression", 5],
      ].map(
        ([property, least]) =>
          `${property} is another string (not shown, as it may be secret); AWS allows at(2030-11-29T06:00:00); or a cron expression of ${least} to 7 fields, such as cron(0 16 ? * TUE *); or a rate in minutes, hours or days, such as rate(1 hour) or rate(5 minutes)`,
      ),
    ],
    [
      { schedule: "cron(0 16 * 2)" },
      "schedule is another string (not shown, as it may be secret); AWS allows at(2030-11-29T06:00:00); or a cron expression of 6 to 7 fields, such as cron(0 16 ? * TUE *); or a rate in minutes, hours or days, such as rate(1 hour) or rate(5 minutes)",
    ],
    [
      { schedule: "daily" },
      "schedule is another string (not shown, as it may be secret); AWS allows at(2030-11-29T06:00:00); or a cron expression of 6 to 7 fields, such as cron(0 16 ? * TUE *); or a rate in minutes, hours or days, such as rate(1 hour) or rate(5 minutes)",
    ],
    [{ schedule: "cron(0 0 16 ? * TUE *)" }],
    [{ schedule: "cron(0 2 ? * THU#3 *)" }],
    [{ schedule: "at(2030-07-07T15:55:00)" }],
    [{ schedule: "rate(7 days)" }],
  ],
  "rotation-schedule": [
    [
      { rotationRules: { scheduleExpression: "daily" } },
      'rotationRules.scheduleExpression is another string (not shown, as it may be secret); AWS allows a cron expression of six fields with "?" for one kind of day, such as cron(0 8 ? * MON-FRI *); or a rate in minutes, hours or days, such as rate(1 hour) or rate(5 minutes)',
    ],
    [{ rotationRules: { scheduleExpression: "rate(10 days)" } }],
  ],
};
