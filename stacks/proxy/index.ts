import * as pulumi from "@pulumi/pulumi";

import type { CountedRequests } from "../../components/fleet/scaling";
import { instanceName } from "../../components/fleet/fleet";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import { type Tags, tagValue, WEIGHT_TAG } from "../../components/naming";
import type { NetworkIds } from "../../components/network/network";
import { PROXY_HEALTH_PATH, PROXY_PORT, ProxyTier } from "../../components/proxy/proxy-tier";
import type { ProxyUserDataArgs } from "../../components/proxy/proxy-user-data";
import type { ProxyTargets } from "../../components/load-balancer/target-group";
import type { ColourPlan } from "../release/colours";
import type { Settings } from "../settings/schema";
import { proxyAgent } from "../telemetry/agent";
import type { Context } from "../context";
import { endpointOf } from "../balancer/endpoint";
import { hasProxies, isProxied, proxyUserDataArgs } from "./user-data";

/** The load balancer's targets for the proxies; undefined without proxies. */
export function proxyTargets(settings: Settings): ProxyTargets | undefined {
  if (!hasProxies(settings)) return undefined;
  return {
    port: PROXY_PORT,
    version: settings.loadBalancing.protocolVersion,
    healthCheckPath: PROXY_HEALTH_PATH,
    weight: isProxied(settings) ? 1 : 0,
  };
}

/** The tags by which the agents find a stack's groups. */
function balancedGroupsIn(
  tags: Tags,
  backends: ProxyContext["backends"],
): ProxyUserDataArgs["balancedGroups"] {
  const own = Object.entries(tags).filter(([key]) => key === "Project" || key === "Stack");
  return {
    Name: backends.map(({ name }) => tagValue(instanceName(name))),
    ...Object.fromEntries(own.map(([key, value]) => [key, [value]])),
  };
}

/** The tags by which the agents find a colour's group and its weight. */
export function groupTagsOf(settings: Settings, { weight }: ColourPlan): Tags {
  if (!hasProxies(settings)) return {};
  const byType = Object.entries(settings.loadBalancing.instanceTypeWeights);
  return {
    ...(settings.blueGreen.enabled ? { [WEIGHT_TAG]: String(weight) } : {}),
    ...Object.fromEntries(byType.map(([type, own]) => [`${WEIGHT_TAG}:${type}`, String(own.weight)])),
  };
}

/** The request metric by which a colour's instances scale. */
export function requestsOf(
  settings: Settings,
  loadBalancer: LoadBalancer,
  targetGroup: { readonly arnSuffix: pulumi.Output<string> },
): CountedRequests {
  return isProxied(settings) && loadBalancer.proxyTargetGroup !== undefined
    ? { loadBalancer: loadBalancer.arnSuffix, proxies: loadBalancer.proxyTargetGroup.arnSuffix }
    : { resourceLabel: pulumi.interpolate`${loadBalancer.arnSuffix}/${targetGroup.arnSuffix}` };
}

/** The resources that {@link build} needs. */
interface ProxyContext extends Context {
  readonly network: NetworkIds;
  readonly loadBalancer: LoadBalancer;
  /** The store's groups: the prefixes of their resource names, and their security groups. */
  readonly backends: readonly { readonly name: string; readonly securityGroupId: pulumi.Output<string> }[];
  /** Names of the alarms that stop a refresh of the proxies. */
  readonly alarmNames: readonly pulumi.Input<string>[];
}

/** Builds the proxies, if there are any. */
export function build(
  settings: Settings,
  { name, tags, network, loadBalancer, backends, alarmNames }: ProxyContext,
): ProxyTier | undefined {
  const targetGroup = loadBalancer.proxyTargetGroup;
  if (targetGroup === undefined) return undefined;
  const { proxy } = settings;
  return new ProxyTier(`${name}-proxy`, {
    ...proxyUserDataArgs(
      settings,
      endpointOf(settings.loadBalancing),
      balancedGroupsIn(tags, backends),
      proxyAgent(settings, pulumi.getStack()),
    ),
    vpcId: network.vpcId,
    privateSubnetIds: network.privateSubnetIds,
    loadBalancerSecurityGroupId: loadBalancer.securityGroupId,
    targetGroupArn: targetGroup.arn,
    requests: { resourceLabel: pulumi.interpolate`${loadBalancer.arnSuffix}/${targetGroup.arnSuffix}` },
    backends,
    instanceTypes: proxy.instanceTypes,
    imageId: proxy.imageId,
    detailedMonitoring: settings.fleet.detailedMonitoring,
    ipv6: settings.network.ipv6 && settings.network.natGateways !== "none",
    groupMetrics: settings.alarms.enabled || settings.dashboard,
    minSize: proxy.minSize,
    maxSize: proxy.maxSize,
    bootSeconds: proxy.bootSeconds,
    deregistrationDelaySeconds: settings.loadBalancing.deregistrationDelaySeconds,
    maxInstanceLifetimeDays: settings.fleet.maxInstanceLifetimeDays,
    cpuTargetPercent: proxy.cpuTargetPercent,
    requestsPerTargetPerMinute: proxy.requestsPerTargetPerMinute,
    instanceRefresh: {
      ...settings.fleet.instanceRefresh,
      alarmNames: [...settings.fleet.instanceRefresh.alarmNames, ...alarmNames],
    },
    tags,
  });
}
