import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Colour } from "../colours";
import type { InstanceEndpoint } from "../instance-endpoint";
import { boundedName, named, type Tags } from "../naming";
import { type TargetGroupHealth, targetGroupHealth } from "./target-group-health";
import { type AlbTrafficPolicy, EACH_IN_TURN, targetGroupPolicy } from "./traffic-policy";

/**
 * When an instance counts as healthy. An Application Load Balancer asks each one in turn, from every zone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export interface HealthCheck {
  /** Path that an instance answers with status 200 when it can serve customers; a method of gRPC, with status 0 (OK). */
  readonly path: string;
  /** Seconds from one check to the next, 5 to 300. */
  readonly intervalSeconds: number;
  /** Seconds that an answer may take, 2 to 120, less than the interval. */
  readonly timeoutSeconds: number;
  /** Good answers in a row that make an instance healthy, 2 to 10. */
  readonly healthyThreshold: number;
  /** Bad answers in a row that make it unhealthy, 2 to 10. */
  readonly unhealthyThreshold: number;
}

/** What a store's target groups are made of. */
export interface TargetGroupArgs {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** How the instances are reached. What is encrypted is not validated: certificates are made by the instances. */
  readonly endpoint: InstanceEndpoint;
  /** When an instance counts as healthy. */
  readonly healthCheck: HealthCheck;
  /** What happens when few instances are healthy. */
  readonly targetGroupHealth: TargetGroupHealth;
  /** How requests spread over the instances. */
  readonly trafficPolicy: AlbTrafficPolicy;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
}

/** The group that a colour's instances join. */
export function createTargetGroup(
  name: string,
  args: TargetGroupArgs,
  colour: Colour,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): aws.lb.TargetGroup {
  // Green's is short: with more it would be cut and hashed.
  const groupName = colour === "blue" ? `${name}-instances` : `${name}-${colour}`;
  return targetGroup(groupName, args, loadBalancer, parent);
}

/** The group that the instances of an application beside the store's own join, named as all of its resources begin. */
export function createApplicationTargetGroup(
  name: string,
  args: TargetGroupArgs,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): aws.lb.TargetGroup {
  return targetGroup(name, args, loadBalancer, parent);
}

/** The group that proxies join. What is behind them is theirs to balance; among them, one is like another. */
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

/** Where proxies answer. */
export interface ProxyTargets {
  /** Their TCP port, by HTTPS. */
  readonly port: number;
  /** What they speak, and the store behind them. */
  readonly version: InstanceEndpoint["version"];
  /** Path that a proxy answers with status 200 when it has instances to serve with. */
  readonly healthCheckPath: string;
  /** Their share of requests, 0 to 999. */
  readonly weight: number;
}

/**
 * Options of a target group: it is of one load balancer alone, so another one needs another group.
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

/** AWS's words. */
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
