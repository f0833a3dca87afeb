import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { awsScope } from "../aws-scope";
import type { CompiledCalendar, ScheduledCall } from "./compile";
import { boundedName, named, type Tags } from "../naming";

/** An Auto Scaling group that may get a peak's capacity. */
export interface PeakGroup {
  /** The group's name. */
  readonly name: pulumi.Input<string>;
  /** Whether customers' requests reach it. A group without any gets no capacity. */
  readonly isLive: boolean;
  /** What tells its resources from another group's: empty, or with a hyphen in front. */
  readonly suffix: string;
}

/**
 * A group's warm pool, as AWS's API has it.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html
 */
export interface UsualWarmPool {
  /** How instances wait. */
  readonly poolState: "Stopped" | "Running" | "Hibernated";
  /** The minimum number of instances that wait. */
  readonly minSize: number;
  /** The maximum number of instances that serve or wait, together; -1 for the group's `maxSize`. */
  readonly maxGroupPreparedCapacity: number;
  /** Whether an instance that is needed no more returns to the pool. */
  readonly reuseOnScaleIn: boolean;
}

/** Arguments of {@link PeakCalendar}. */
export interface PeakCalendarArgs {
  /** What AWS shall do, and when. */
  readonly calendar: CompiledCalendar;
  /** All groups of the store. */
  readonly groups: readonly PeakGroup[];
  /** ARN of the load balancer whose capacity is reserved. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** The warm pool outside all peaks; undefined for none: then a peak's own waits stopped, and goes when it ends. */
  readonly warmPool: UsualWarmPool | undefined;
  /** Capacity units reserved outside all peaks; 0 for none. */
  readonly capacityUnits: number;
  /** Names of the stack's own alarms, by the short name under which a peak may mute them. */
  readonly alarmNames: Readonly<Record<string, pulumi.Input<string>>>;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * Carries out a calendar: scheduled actions size the groups; EventBridge Scheduler calls AWS for what they can't do, warm
 * pools and capacity units; mute rules keep alarms quiet.
 */
export class PeakCalendar extends pulumi.ComponentResource {
  constructor(name: string, args: PeakCalendarArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:PeakCalendar", name, {}, opts);

    const live = args.groups.filter(({ isLive }) => isLive);
    for (const group of live) createScheduledActions(name, args, group, this);
    createCalls(name, args, live, this);
    createMutes(name, args, this);

    this.registerOutputs({ deployFreezes: args.calendar.deployFreezes });
  }
}

function createScheduledActions(
  name: string,
  { calendar }: PeakCalendarArgs,
  group: PeakGroup,
  parent: pulumi.Resource,
): void {
  for (const { name: time, ...action } of calendar.scheduledActions) {
    new aws.autoscaling.Schedule(
      `${name}${group.suffix}-${time}`,
      {
        autoscalingGroupName: group.name,
        scheduledActionName: time,
        ...action,
        // AWS raises it to minSize, and lowers it to maxSize; in between it is for scaling to say.
        desiredCapacity: -1,
      },
      {
        parent,
        // To update one, the provider sends the start time that AWS computed when it was made. That is in the past,
        // and refused: https://github.com/pulumi/pulumi-aws/issues/2473
        replaceOnChanges: ["minSize", "maxSize"],
        // No two may have one name, nor one time.
        deleteBeforeReplace: true,
      },
    );
  }
}

/**
 * A call that EventBridge Scheduler makes: any operation of AWS's API, its parameters as the API writes them.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
interface UniversalCall {
  readonly name: string;
  readonly schedule: ScheduledCall;
  /** `service:operation`, as the SDK for Java names them. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Retried for an hour, the maximum at AWS: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
const RETRY_POLICY = { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 };

function createCalls(
  name: string,
  args: PeakCalendarArgs,
  groups: readonly PeakGroup[],
  parent: pulumi.Resource,
): void {
  const calls = [
    ...groups.flatMap((group) => args.calendar.warmPoolCalls.map((call) => warmPoolCall(args, group, call))),
    ...args.calendar.capacityUnitCalls.map((call) => capacityUnitsCall(args, call)),
  ];
  if (calls.length === 0) return;

  const scheduleGroup = new aws.scheduler.ScheduleGroup(
    boundedName(`${name}-peaks`, 64),
    { tags: named(args.tags, `${name}-peaks`) },
    { parent },
  );
  const { role, permissions } = createRole(name, args, groups, scheduleGroup, parent);
  const { partition } = awsScope(parent);
  for (const { name: call, schedule, operation, input } of calls) {
    new aws.scheduler.Schedule(
      boundedName(`${name}-${call}`, 64),
      {
        groupName: scheduleGroup.name,
        scheduleExpression: schedule.expression,
        scheduleExpressionTimezone: schedule.timeZone,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: pulumi.interpolate`arn:${partition}:scheduler:::aws-sdk:${operation}`,
          roleArn: role.arn,
          input: pulumi.jsonStringify(input),
          retryPolicy: RETRY_POLICY,
        },
      },
      { parent, dependsOn: [permissions] },
    );
  }
}

function warmPoolCall(
  { warmPool }: PeakCalendarArgs,
  group: PeakGroup,
  schedule: ScheduledCall,
): UniversalCall {
  const name = `warm-pool${group.suffix}-${schedule.name}`;
  const AutoScalingGroupName = group.name;
  if (warmPool === undefined && schedule.value === undefined)
    return { name, schedule, operation: "autoscaling:deleteWarmPool", input: { AutoScalingGroupName } };
  const MinSize = schedule.value ?? warmPool?.minSize;
  return {
    name,
    schedule,
    operation: "autoscaling:putWarmPool",
    input: {
      AutoScalingGroupName,
      MinSize,
      // With no pool of its own, the group has just so many for the peak, whatever its maxSize.
      MaxGroupPreparedCapacity: warmPool?.maxGroupPreparedCapacity ?? MinSize,
      PoolState: warmPool?.poolState ?? "Stopped",
      InstanceReusePolicy: { ReuseOnScaleIn: warmPool?.reuseOnScaleIn ?? false },
    },
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyCapacityReservation.html */
function capacityUnitsCall(
  { loadBalancerArn, capacityUnits }: PeakCalendarArgs,
  schedule: ScheduledCall,
): UniversalCall {
  const units = schedule.value ?? capacityUnits;
  return {
    name: `capacity-units-${schedule.name}`,
    schedule,
    operation: "elasticloadbalancingv2:modifyCapacityReservation",
    input: {
      LoadBalancerArn: loadBalancerArn,
      ...(units === 0
        ? { ResetCapacityReservation: true }
        : { MinimumLoadBalancerCapacity: { CapacityUnits: units } }),
    },
  };
}

/**
 * The role by which this group's schedules, and nobody else's, call what they have to, on the groups and the load
 * balancer.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
function createRole(
  name: string,
  { calendar, loadBalancerArn, warmPool, tags }: PeakCalendarArgs,
  groups: readonly PeakGroup[],
  scheduleGroup: aws.scheduler.ScheduleGroup,
  parent: pulumi.Resource,
): { role: aws.iam.Role; permissions: pulumi.Resource } {
  const { partition, accountId, region } = awsScope(parent);
  const role = new aws.iam.Role(
    boundedName(`${name}-peaks`, 64),
    {
      description: "Lets EventBridge Scheduler provide capacity for peaks",
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "scheduler.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId, "aws:SourceArn": scheduleGroup.arn },
            },
          },
        ],
      }),
      tags: named(tags, `${name}-peaks`),
    },
    { parent },
  );
  const statements = [
    {
      calls: calendar.warmPoolCalls,
      Action: ["autoscaling:PutWarmPool", ...(warmPool === undefined ? ["autoscaling:DeleteWarmPool"] : [])],
      Resource: groups.map(
        (group) =>
          pulumi.interpolate`arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${group.name}`,
      ),
    },
    {
      calls: calendar.capacityUnitCalls,
      Action: ["elasticloadbalancing:ModifyCapacityReservation"],
      Resource: [loadBalancerArn],
    },
  ];
  const permissions = new aws.iam.RolePolicy(
    boundedName(`${name}-peaks`, 128),
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: statements
          .filter(({ calls }) => calls.length > 0)
          .map(({ Action, Resource }) => ({ Effect: "Allow", Action, Resource })),
      }),
    },
    { parent },
  );
  return { role, permissions };
}

/** The alarms go on judging, and show their state; they just notify nobody. */
function createMutes(name: string, args: PeakCalendarArgs, parent: pulumi.Resource): void {
  for (const { name: mute, expression, duration, timeZone, alarms } of args.calendar.mutes) {
    new aws.cloudwatch.AlarmMuteRule(
      `${name}-${mute}`,
      {
        description: "A peak of the store's calendar",
        rule: { schedule: { expression, duration, timezone: timeZone } },
        // Never left out: without targets, a rule mutes all alarms of the account.
        muteTargets: { alarmNames: alarms.map((alarm) => args.alarmNames[alarm] ?? alarm) },
        tags: named(args.tags, `${name}-${mute}`),
      },
      { parent },
    );
  }
}
