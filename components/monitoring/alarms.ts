import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { AlarmDefinition, Query, Severity } from "./alarm";
import { named, type Tags } from "../naming";

/** Arguments of {@link Alarms}. */
export interface AlarmsArgs {
  /** The alarms, with unique ids. */
  readonly definitions: readonly AlarmDefinition[];
  /** ARN of the SNS topic to notify. */
  readonly topicArn: pulumi.Input<string>;
  /** Page of the runbooks; each alarm has a heading there. */
  readonly runbookUrl: string;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * CloudWatch alarms, each with a link to its runbook. Only alarms of severity `attention` notify the topic
 * directly.
 */
export class Alarms extends pulumi.ComponentResource {
  /** The alarms' names, by severity, for composite alarms, instance refreshes and mute rules. */
  readonly alarmNames: Readonly<Record<Severity, pulumi.Output<string>[]>>;
  /** The alarms' names, by the ids of their definitions. */
  readonly alarmNameById: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Alarms", name, {}, opts);

    const created = args.definitions.map((definition) => ({
      id: definition.id,
      severity: definition.severity,
      name: createAlarm(name, args, definition, this).name,
    }));
    const namesOf = (severity: Severity): pulumi.Output<string>[] =>
      created.filter((alarm) => alarm.severity === severity).map((alarm) => alarm.name);

    this.alarmNameById = Object.fromEntries(created.map((alarm) => [alarm.id, alarm.name]));
    this.alarmNames = { customers: namesOf("customers"), attention: namesOf("attention") };
    this.registerOutputs({ alarmNames: this.alarmNames });
  }
}

/** Arguments of {@link CustomersAffected}. */
export interface CustomersAffectedArgs {
  /** Name of the alarm, unique in the account and Region, of letters, digits and hyphens. */
  readonly alarmName: string;
  /** Names of the alarms, at least one. Any one of them triggers this alarm. */
  readonly alarmNames: readonly pulumi.Input<string>[];
  /** ARN of the SNS topic to notify. */
  readonly topicArn: pulumi.Input<string>;
  /** Page of the runbooks. */
  readonly runbookUrl: string;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * One alarm for all problems that customers notice: the loss of a zone triggers several alarms, but should
 * notify the on-call engineer only once.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 */
export class CustomersAffected extends pulumi.ComponentResource {
  /** ARN of the alarm. */
  readonly alarmArn: pulumi.Output<string>;
  /** Name of the alarm. */
  readonly alarmName: pulumi.Output<string>;

  constructor(name: string, args: CustomersAffectedArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:CustomersAffected", name, {}, opts);

    const alarm = new aws.cloudwatch.CompositeAlarm(
      `${name}-customers-affected`,
      {
        alarmName: args.alarmName,
        alarmDescription: describe(
          "Customers are affected; the alarms below tell how.",
          args.runbookUrl,
          "customers-affected",
        ),
        alarmRule: pulumi
          .all([...args.alarmNames])
          .apply((alarms) => alarms.map((alarm) => `ALARM("${alarm}")`).join(" OR ")),
        alarmActions: [args.topicArn],
        okActions: [args.topicArn],
        tags: named(args.tags, `${name}-customers-affected`),
      },
      { parent: this },
    );

    this.alarmArn = alarm.arn;
    this.alarmName = alarm.alarmName;
    this.registerOutputs({ alarmArn: this.alarmArn, alarmName: this.alarmName });
  }
}

function createAlarm(
  name: string,
  args: AlarmsArgs,
  definition: AlarmDefinition,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  const { id, severity, description, comparison, threshold, periods, missingData } = definition;
  const actions = severity === "attention" ? [args.topicArn] : [];
  return new aws.cloudwatch.MetricAlarm(
    `${name}-${id}`,
    {
      alarmDescription: describe(description, args.runbookUrl, definition.runbook ?? id),
      comparisonOperator: comparison,
      threshold,
      evaluationPeriods: periods.of,
      datapointsToAlarm: periods.atLeast,
      treatMissingData: missingData,
      ...metricOf(definition),
      alarmActions: actions,
      okActions: actions,
      tags: named(args.tags, `${name}-${id}`),
    },
    { parent },
  );
}

/**
 * The properties of an alarm on one metric, or of one on an expression: then its queries, the last of which
 * is compared.
 */
function metricOf({
  queries,
}: AlarmDefinition): Pick<
  aws.cloudwatch.MetricAlarmArgs,
  "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "period" | "metricQueries"
> {
  const [only] = queries;
  if (only !== undefined && queries.length === 1 && "metricName" in only) {
    const { namespace, metricName, dimensions, stat, periodSeconds } = only;
    const statistic = stat.startsWith("p") ? { extendedStatistic: stat } : { statistic: stat };
    return { namespace, metricName, dimensions, period: periodSeconds, ...statistic };
  }
  return {
    metricQueries: queries.map((query, index) => ({
      ...queryOf(query),
      returnData: index === queries.length - 1,
    })),
  };
}

function queryOf(query: Query): aws.types.input.cloudwatch.MetricAlarmMetricQuery {
  if ("expression" in query) return query;
  const { id, periodSeconds, ...metric } = query;
  return { id, metric: { ...metric, period: periodSeconds } };
}

/** AWS's limit is 1,024 characters. */
function describe(text: string, runbookUrl: string, anchor: string): string {
  return `${text} What to do: ${runbookUrl}#${anchor}`;
}
