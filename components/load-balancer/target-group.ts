import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Colour } from "../colours";
import type { InstanceEndpoint } from "../instance-endpoint";
import { boundedName, named, type Tags } from "../naming";
import { type TargetGroupHealth, targetGroupHealth } from "./target-group-health";
import { type AlbTrafficPolicy, EACH_IN_TURN, targetGroupPolicy } from "./traffic-policy";

/**
 * Health check of instances. An Application Load Balancer checks each instance from every zone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export interface HealthCheck {
  /**
   * Path for which an instance returns status 200 if it can serve customers; for gRPC, a method that returns
   * status 0 (OK).
   */
  readonly path: string;
  /** Seconds between two checks, 5 to 300. */
  readonly intervalSeconds: number;
  /** Seconds to wait for a response, 2 to 120, less than the interval. */
  readonly timeoutSeconds: number;
  /** Consecutive successful checks after which an instance is healthy, 2 to 10. */
  readonly healthyThreshold: number;
  /** Consecutive failed checks after which it is unhealthy, 2 to 10. */
  readonly unhealthyThreshold: number;
}

/** Arguments of the store's target groups. */
export interface TargetGroupArgs {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
  /**
   * How the instances are reached. With TLS, the load balancer doesn't validate certificates, because the
   * instances make their own.
   */
  readonly endpoint: InstanceEndpoint;
  /** Health check of the instances. */
  readonly healthCheck: HealthCheck;
  /** What happens when few instances are healthy. */
  readonly targetGroupHealth: TargetGroupHealth;
  /** How requests are distributed among the instances. */
  readonly trafficPolicy: AlbTrafficPolicy;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/** Creates the target group of a colour's instances. */
export function createTargetGroup(
  name: string,
  args: TargetGroupArgs,
  colour: Colour,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): aws.lb.TargetGroup {
  // Green's name is short, because a longer one would be shortened and hashed.
  const groupName = colour === "blue" ? `${name}-instances` : `${name}-${colour}`;
  return targetGroup(groupName, args, loadBalancer, parent);
}

/**
 * Creates the target group of an additional application's instances. Its name is the prefix of all the
 * application's resources.
 */
export function createApplicationTargetGroup(
  name: string,
  args: TargetGroupArgs,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): aws.lb.TargetGroup {
  return targetGroup(name, args, loadBalancer, parent);
}

/**
 * Creates the target group of the proxies. The traffic policy doesn't apply to it: the proxies apply it to
 * the instances, and requests are distributed equally among the proxies.
 */
export function createProxyTargetGroup(
  name: string,
  args: Omit<TargetGroupArgs, "endpoint">,
  proxy: ProxyTargets,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): aws.lb.TargetGroup {
  const own = {
    ...args,
    endpoint: { port: proxy.port, protocol: "https", version: proxy.version } as const,
    healthCheck: { ...args.healthCheck, path: proxy.healthCheckPath },
    targetGroupHealth: ONE_IS_ENOUGH,
    trafficPolicy: {
      ...EACH_IN_TURN,
      deregistrationDelaySeconds: args.trafficPolicy.deregistrationDelaySeconds,
    },
  };
  return targetGroup(`${name}-proxies`, own, loadBalancer, parent);
}

/** How proxies are reached. */
export interface ProxyTargets {
  /** TCP port for HTTPS. */
  readonly port: number;
  /** Protocol version of the proxies and of the store behind them. */
  readonly version: InstanceEndpoint["version"];
  /** Path for which a proxy returns status 200 if it has instances that can serve. */
  readonly healthCheckPath: string;
  /** Weight of the proxies, 0 to 999. */
  readonly weight: number;
}

/**
 * Options of a target group: it can belong to one load balancer only, so a new load balancer needs a new
 * group.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
export function onlyOf(loadBalancer: aws.lb.LoadBalancer): pulumi.CustomResourceOptions {
  return { replaceWith: [loadBalancer] };
}

const ONE_IS_ENOUGH: TargetGroupHealth = {
  dnsMinimumHealthyTargetCount: 1,
  dnsMinimumHealthyTargetPercentage: 0,
  routingMinimumHealthyTargetPercentage: 0,
};

/** AWS's terms. */
const PROTOCOL = { http: "HTTP", https: "HTTPS" } as const;
const VERSION = { http1: "HTTP1", http2: "HTTP2", grpc: "GRPC" } as const;

function targetGroup(
  groupName: string,
  args: TargetGroupArgs,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): aws.lb.TargetGroup {
  const { port, version } = args.endpoint;
  const protocol = PROTOCOL[args.endpoint.protocol];
  return new aws.lb.TargetGroup(
    boundedName(groupName),
    {
      vpcId: args.vpcId,
      targetType: "instance",
      protocol,
      protocolVersion: VERSION[version],
      port,
      ...targetGroupPolicy(args.trafficPolicy),
      targetGroupHealth: targetGroupHealth(args.targetGroupHealth),
      healthCheck: {
        enabled: true,
        protocol,
        port: "traffic-port",
        path: args.healthCheck.path,
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
        matcher: version === "grpc" ? "0" : "200",
        interval: args.healthCheck.intervalSeconds,
        timeout: args.healthCheck.timeoutSeconds,
        healthyThreshold: args.healthCheck.healthyThreshold,
        unhealthyThreshold: args.healthCheck.unhealthyThreshold,
      },
      tags: named(args.tags, groupName),
    },
    { parent, ...onlyOf(loadBalancer) },
  );
}
