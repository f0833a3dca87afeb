import { newResource, type Resource } from "../../../packages/rehearse/engine/resource";
import type { Values } from "../../../packages/rehearse/values";

/** A resource in the engine's form. */
export function resource(type: string, name: string, given: Values, outputs: Values = {}): Resource {
  const inputs = { region: "eu-west-1", ...given };
  const urn = `urn:pulumi:dev::shop::${type}::${name}`;
  return newResource({
    urn,
    type,
    name,
    parent: "",
    custom: true,
    inputs,
    outputs: { ...inputs, ...outputs },
  });
}

/** The arguments of a group. */
export interface GroupArgs {
  readonly name?: string;
  readonly group?: Values;
  readonly target?: Values;
  /** Target of requests per minute and instance; undefined for no such policy. */
  readonly requests?: number | undefined;
  readonly cpu?: number | undefined;
  readonly schedules?: readonly Values[];
}

/**
 * A group with its load balancer, target group, policies and scheduled actions: two zones, and 50 % of 20 requests a
 * second.
 */
export function groupOf({
  name = "web",
  group = {},
  target = {},
  schedules = [],
  ...policies
}: GroupArgs = {}): Resource[] {
  const { requests = 600, cpu = 50 } = { ...policies };
  const tracking = (kind: string, metric: string, targetValue: number): Resource =>
    resource("aws:autoscaling/policy:Policy", `${name}-${kind}`, {
      autoscalingGroupName: name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: metric },
        targetValue,
      },
    });
  return [
    resource(
      "aws:lb/targetGroup:TargetGroup",
      name,
      {
        healthCheck: { interval: 10, healthyThreshold: 2, unhealthyThreshold: 2 },
        deregistrationDelay: 30,
        ...target,
      },
      { arn: `arn:${name}` },
    ),
    resource("aws:ec2/launchTemplate:LaunchTemplate", name, {
      name: `${name}-template`,
      instanceType: "m7g.large",
      monitoring: { enabled: true },
    }),
    resource("aws:autoscaling/group:Group", name, {
      name,
      minSize: 2,
      maxSize: 10,
      defaultInstanceWarmup: 120,
      healthCheckType: "ELB",
      availabilityZones: ["eu-west-1a", "eu-west-1b"],
      targetGroupArns: [`arn:${name}`],
      launchTemplate: { name: `${name}-template` },
      ...group,
    }),
    ...("requests" in policies && policies.requests === undefined
      ? []
      : [tracking("requests", "ALBRequestCountPerTarget", requests)]),
    ...("cpu" in policies && policies.cpu === undefined
      ? []
      : [tracking("cpu", "ASGAverageCPUUtilization", cpu)]),
    ...schedules.map((schedule, index) =>
      resource("aws:autoscaling/schedule:Schedule", `${name}-${index}`, {
        autoscalingGroupName: name,
        scheduledActionName: `action-${index}`,
        minSize: -1,
        maxSize: -1,
        desiredCapacity: -1,
        ...schedule,
      }),
    ),
  ];
}
