import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { Fleet, type FleetArgs } from "../fleet/fleet";
import { agentGrants } from "../fleet/instance-grants";
import { named, type Tags } from "../naming";
import { type ProxyUserDataArgs, renderProxyUserData } from "./proxy-user-data";

/** Arguments of {@link ProxyTier}. */
export interface ProxyTierArgs
  extends
    Pick<
      FleetArgs,
      | "vpcId"
      | "privateSubnetIds"
      | "loadBalancerSecurityGroupId"
      | "targetGroupArn"
      | "requests"
      | "instanceTypes"
      | "imageId"
      | "detailedMonitoring"
      | "ipv6"
      | "groupMetrics"
      | "minSize"
      | "maxSize"
      | "bootSeconds"
      | "deregistrationDelaySeconds"
      | "maxInstanceLifetimeDays"
      | "instanceRefresh"
      | "cpuTargetPercent"
      | "requestsPerTargetPerMinute"
      | "tags"
    >,
    ProxyUserDataArgs {
  /** The groups of instances that the proxies balance, each with its resource name and security group. */
  readonly backends: readonly { readonly name: string; readonly securityGroupId: pulumi.Input<string> }[];
}

/** The proxies' HTTPS port. It is unprivileged, so HAProxy needs no privileges. */
export const PROXY_PORT = 8443;

/** The port of the agents on the store's instances. */
export const AGENT_PORT = 8444;

/** Health check path of a proxy, which succeeds if it has instances that can serve. */
export const PROXY_HEALTH_PATH = "/proxy-health";

/**
 * A tier of HAProxy between the load balancer and the store's instances: an Auto Scaling group across all
 * zones, whose proxies find the instances by their groups' tags.
 */
export class ProxyTier extends pulumi.ComponentResource {
  /** The proxies' Auto Scaling group. */
  readonly fleet: Fleet;

  constructor(name: string, args: ProxyTierArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:ProxyTier", name, {}, opts);

    this.fleet = new Fleet(
      name,
      {
        ...args,
        instanceName: `${name}-ec2-instance`,
        securityGroupDescription: "HTTPS from the load balancer, requests to the store instances",
        instancePort: PROXY_PORT,
        rootVolumeGib: 8,
        userData: renderProxyUserData(args),
        grants: {
          objects: [],
          repositories: [],
          tables: [],
          parameters: [],
          secretArns: [],
          keys: [],
          findsInstances: true,
          ...agentGrants(args.cloudwatchAgent),
        },
        part: "only",
        spot: {
          percent: 0,
          onDemandBase: 0,
          allocationStrategy: "price-capacity-optimized",
          capacityRebalance: false,
        },
        warmPool: { state: "off", minSize: 0, maxPreparedCapacity: undefined, reuseOnScaleIn: false },
        lifecycleHooks: { launchSeconds: 0, terminationSeconds: 0 },
      },
      { parent: this },
    );
    const { server, agentPort } = args.haproxy;
    for (const backend of args.backends) {
      createWay(name, backend, "requests", server.port, this.fleet.securityGroupId, args.tags, this);
      if (agentPort !== undefined)
        createWay(name, backend, "agent-checks", agentPort, this.fleet.securityGroupId, args.tags, this);
    }
    this.registerOutputs({ autoScalingGroupName: this.fleet.autoScalingGroupName });
  }
}

/**
 * Creates the security group rules at both ends of the connection from the proxies to a group of instances.
 */
function createWay(
  name: string,
  backend: ProxyTierArgs["backends"][number],
  what: "requests" | "agent-checks",
  port: number,
  proxySecurityGroupId: pulumi.Input<string>,
  tags: Tags,
  parent: pulumi.Resource,
): void {
  const way = { ipProtocol: "tcp", fromPort: port, toPort: port };
  const words = { requests: "Requests and health checks", "agent-checks": "Agent checks" }[what];
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-${what}-to-${backend.name}`,
    {
      ...way,
      securityGroupId: proxySecurityGroupId,
      description: `${words} to the store instances`,
      referencedSecurityGroupId: backend.securityGroupId,
      tags: named(tags, `${name}-${what}-to-${backend.name}`),
    },
    { parent },
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${backend.name}-${what}-from-${name}`,
    {
      ...way,
      securityGroupId: backend.securityGroupId,
      description: `${words} from the proxies`,
      referencedSecurityGroupId: proxySecurityGroupId,
      tags: named(tags, `${backend.name}-${what}-from-${name}`),
    },
    { parent },
  );
}
