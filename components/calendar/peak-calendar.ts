import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { awsScope } from "../aws-scope";
import type { CompiledCalendar, ScheduledCall } from "./compile";
import { boundedName, named, type Tags } from "../naming";

/** An Auto Scaling group whose capacity a peak may change. */
export interface PeakGroup {
  /** The group's name. */
  readonly name: pulumi.Input<string>;
  /** Whether the group receives customers' requests. A group that doesn't gets no capacity. */
  readonly isLive: boolean;
  /** Suffix of the names of the group's resources: empty, or beginning with a hyphen. */
  readonly suffix: string;
}

/**
 * A group's warm pool, in the terms of AWS's API.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html
 */
export interface UsualWarmPool {
  /** State of the instances in the pool. */
  readonly poolState: "Stopped" | "Running" | "Hibernated";
  /** The minimum number of instances in the pool. */
  readonly minSize: number;
  /** The maximum number of instances in service and in the pool together; -1 for the group's `maxSize`. */
  readonly maxGroupPreparedCapacity: number;
  /** Whether instances return to the pool on scale-in. */
  readonly reuseOnScaleIn: boolean;
}

/** Arguments of {@link PeakCalendar}. */
export interface PeakCalendarArgs {
  /** The compiled calendar. */
  readonly calendar: CompiledCalendar;
  /** All groups of the store. */
  readonly groups: readonly PeakGroup[];
  /** ARN of the load balancer whose capacity is reserved. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /**
   * The warm pool outside all peaks; undefined for none. Without one, a peak's pool holds stopped instances,
   * and is deleted when the peak ends.
   */
  readonly warmPool: UsualWarmPool | undefined;
  /** Capacity units reserved outside all peaks; 0 for none. */
  readonly capacityUnits: number;
  /** Names of the stack's own alarms, by the short names that peaks use to mute them. */
  readonly alarmNames: Readonly<Record<string, pulumi.Input<string>>>;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/**
 * Creates the resources of a calendar: scheduled actions set the groups' sizes; EventBridge Scheduler sets
 * warm pools and capacity units, which scheduled actions can't; mute rules suppress alarms' notifications.
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
        // AWS raises it to minSize and lowers it to maxSize; in between, scaling policies decide.
        desiredCapacity: -1,
      },
      {
        parent,
        // On update, the provider sends the start time that AWS computed at creation. It is in the past, so
        // AWS refuses it: https://github.com/pulumi/pulumi-aws/issues/2473
        replaceOnChanges: ["minSize", "maxSize"],
        // Two actions can have neither the same name nor the same time.
        deleteBeforeReplace: true,
      },
    );
  }
}

/**
 * A call that EventBridge Scheduler makes: an operation of an AWS API, with its parameters named as in the
 * API.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
interface UniversalCall {
  readonly name: string;
  readonly schedule: ScheduledCall;
  /** `service:operation`, named as in the AWS SDK for Java. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Retries for an hour, with AWS's maximum number of attempts:
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
 */
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
      // Without a usual pool, the group prepares exactly this many instances for the peak, whatever its
      // maxSize.
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
 * The role that only this group's schedules may assume. It allows their calls on the Auto Scaling groups and
 * the load balancer.
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

/** Muted alarms still evaluate and show their state, but send no notifications. */
function createMutes(name: string, args: PeakCalendarArgs, parent: pulumi.Resource): void {
  for (const { name: mute, expression, duration, timeZone, alarms } of args.calendar.mutes) {
    new aws.cloudwatch.AlarmMuteRule(
      `${name}-${mute}`,
      {
        description: "A peak of the store's calendar",
        rule: { schedule: { expression, duration, timezone: timeZone } },
        // Always set: without targets, a rule mutes all alarms of the account.
        muteTargets: { alarmNames: alarms.map((alarm) => args.alarmNames[alarm] ?? alarm) },
        tags: named(args.tags, `${name}-${mute}`),
      },
      { parent },
    );
  }
}
