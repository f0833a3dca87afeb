import { EVENT_RULE } from "../../../resources";
import { SECRET_ROTATION } from "../relations/types";
import { each, form } from "./line";
import type { Limit, Line } from "./line";
import {
  ASSOCIATION,
  BACKUP_PLAN,
  CRAWLER,
  GLUE_TRIGGER,
  MAINTENANCE_WINDOW,
  SCHEDULER_SCHEDULE,
  SERVICE_SCHEDULED_ACTION,
} from "./types";

/** A kind of schedule expression: a check of what is in its parentheses, and its form with an example. */
interface Kind {
  readonly accepts: (inside: string) => boolean;
  readonly allowed: string;
}

/** Bounds of the numbers in each field: minute, hour, day of the month, month, day of the week, year. */
const FIELDS: readonly (readonly [low: number, high: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [1, 7],
  [1970, 2199],
];

const CRON: Kind = {
  accepts(inside) {
    const fields = inside.trim().split(/\s+/);
    return (
      fields.length === FIELDS.length &&
      // Either the day of the month or the day of the week is "?".
      [fields[2], fields[4]].includes("?") &&
      fields.every((field, index) => {
        const [low, high] = FIELDS[index]!;
        // A slash precedes a step, a number sign the week of the month.
        const numbers = field.replace(/[/#]\d+/g, "").match(/\d+/g) ?? [];
        return /^[\w*/,?#-]+$/.test(field) && numbers.every((number) => +number >= low && +number <= high);
      })
    );
  },
  allowed: 'a cron expression of six fields with "?" for one kind of day, such as cron(0 8 ? * MON-FRI *)',
};

const RATE = /^([1-9]\d*) (minute|hour|day)(s?)$/;

const STRICT_RATE: Kind = {
  accepts(inside) {
    const [, value, , plural] = RATE.exec(inside) ?? [];
    return value !== undefined && (value === "1") === (plural === "");
  },
  allowed: "rate(1 hour), singular for 1, or rate(5 minutes), plural for more",
};

const LOOSE_RATE: Kind = {
  accepts: (inside) => RATE.test(inside),
  allowed: "a rate in minutes, hours or days, such as rate(1 hour) or rate(5 minutes)",
};

const AT: Kind = {
  accepts: (inside) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside),
  allowed: "at(2030-11-29T06:00:00)",
};

/** One of several kinds of schedule expressions, by the word before the parentheses. */
function schedule(kinds: Readonly<Record<string, Kind>>): Limit {
  return form(
    (expression) => {
      const [, word = "", inside = ""] = /^(\w+)\((.*)\)$/.exec(expression) ?? [];
      return Object.hasOwn(kinds, word) && kinds[word]!.accepts(inside);
    },
    Object.values(kinds)
      .map(({ allowed }) => allowed)
      .join("; or "),
  );
}

/** Systems Manager also accepts seconds as the first field, and the rest depends on the kind of schedule. */
const looseCron = (least: number): Kind => ({
  accepts: (inside) => {
    const { length } = inside.trim().split(/\s+/);
    return length >= least && length <= 7;
  },
  allowed: `a cron expression of ${least} to 7 fields, such as cron(0 16 ? * TUE *)`,
});

/** Schedules of EventBridge, EventBridge Scheduler, Application Auto Scaling and other services. */
export const SCHEDULES = {
  "event-schedule": {
    types: EVENT_RULE,
    problems: each(["scheduleExpression"], schedule({ cron: CRON, rate: STRICT_RATE })),
    example: { scheduleExpression: "rate(5 minutes)" },
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
  },
  "scheduler-schedule": {
    types: SCHEDULER_SCHEDULE,
    problems: each(["scheduleExpression"], schedule({ at: AT, cron: CRON, rate: LOOSE_RATE })),
    example: { scheduleExpression: "cron(0 8 ? * MON-FRI *)" },
    source: "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html",
  },
  "scheduled-scaling": {
    types: SERVICE_SCHEDULED_ACTION,
    problems: each(["schedule"], schedule({ at: AT, cron: CRON, rate: LOOSE_RATE })),
    example: { schedule: "cron(30 6 ? * MON *)", scalableTargetAction: { minCapacity: 4 } },
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
  },
  "glue-schedule": {
    types: [...GLUE_TRIGGER, ...CRAWLER],
    problems: each(["schedule"], schedule({ cron: CRON })),
    example: {
      schedule: "cron(15 12 * * ? *)",
      type: "SCHEDULED",
      s3Targets: [{ path: "s3://store-orders" }],
    },
    source: "https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html",
  },
  "backup-schedule": {
    types: BACKUP_PLAN,
    problems: each(["rules.*.schedule"], schedule({ cron: CRON, rate: LOOSE_RATE })),
    example: { rules: [{ ruleName: "daily", schedule: "cron(0 5 ? * * *)" }] },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html",
  },
  "maintenance-schedule": {
    types: [...MAINTENANCE_WINDOW, ...ASSOCIATION],
    problems: (props) => [
      ...each(["schedule"], schedule({ at: AT, cron: looseCron(6), rate: LOOSE_RATE }))(props),
      ...each(["scheduleExpression"], schedule({ at: AT, cron: looseCron(5), rate: LOOSE_RATE }))(props),
    ],
    example: { schedule: "cron(0 16 ? * TUE *)" },
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html",
  },
  "rotation-schedule": {
    types: SECRET_ROTATION,
    problems: each(["rotationRules.scheduleExpression"], schedule({ cron: CRON, rate: LOOSE_RATE })),
    example: { rotationRules: { scheduleExpression: "cron(0 8 1 * ? *)" } },
    source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html",
  },
} satisfies Readonly<Record<string, Line>>;
