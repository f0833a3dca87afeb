import * as pulumi from "@pulumi/pulumi";

import type { Fleet } from "../components/fleet/fleet";
import { ListenerRules, type Route } from "../components/load-balancer/listener-rules";
import type { ForwardTarget } from "../components/load-balancer/forwarding";
import type { LoadBalancer } from "../components/load-balancer/load-balancer";
import type { Tags } from "../components/naming";
import type { ProxyTier } from "../components/proxy/proxy-tier";
import { type AlbTrafficPolicy, EACH_IN_TURN } from "../components/load-balancer/traffic-policy";
import type { Settings } from "./definitions";
import { isProxied } from "./proxies";

/** A colour that has instances. */
export interface FilledColour {
  /** Its share of visitors, 0 to 999. */
  readonly weight: number;
  readonly targetGroupArn: pulumi.Output<string>;
  readonly fleet: Fleet;
}

/**
 * The rules that the settings ask for, or undefined when the listener's default says it all.
 *
 * @param colours - those that rules forward to: each rule waits for their instances
 * @param proxies - with `engine: haproxy` the rules forward to them instead, and colours are for them to weigh
 */
export function createListenerRules(
  name: string,
  settings: Settings,
  loadBalancer: LoadBalancer,
  colours: readonly FilledColour[],
  proxies: ProxyTier | undefined,
  tags: Tags,
): ListenerRules | undefined {
  const routes = routesOf(settings);
  const { maintenance, blueGreen } = settings;
  if (routes.length === 0 && !maintenance.enabled && !blueGreen.enabled) return undefined;
  return new ListenerRules(name, {
    listenerArn: loadBalancer.httpsListenerArn,
    forwarding: {
      targets: [
        ...colours.map(({ weight, targetGroupArn, fleet }) =>
          target(targetGroupArn, fleet, isProxied(settings) ? 0 : weight),
        ),
        ...(proxies !== undefined && loadBalancer.proxyTargetGroup !== undefined
          ? [target(loadBalancer.proxyTargetGroup.arn, proxies.fleet, isProxied(settings) ? 1 : 0)]
          : []),
      ],
      stickinessSeconds: blueGreen.stickinessSeconds,
    },
    forwardsEverything: blueGreen.enabled,
    routes,
    maintenancePage: maintenance.enabled ? maintenance.page : undefined,
    tags,
  });
}

function target(targetGroupArn: pulumi.Output<string>, fleet: Fleet, weight: number): ForwardTarget {
  return { arn: pulumi.all([targetGroupArn, fleet.autoScalingGroupName]).apply(([arn]) => arn), weight };
}

function routesOf(settings: Settings): Route[] {
  return Object.entries(settings.routes).map(([name, route]): Route => {
    const { priority, hosts, paths, action, fixedResponse, redirect } = route;
    const details = { forward: {}, fixedResponse, redirect };
    return { name, priority, hosts, paths, action: { type: action, ...details[action] } as Route["action"] };
  });
}

/**
 * The policy that `loadBalancing` names, for the load balancer. Joint rules have refused what a policy can't say. With
 * proxies it only checks the instances' health.
 */
export function trafficPolicyOf({ loadBalancing, deregistrationDelaySeconds }: Settings): AlbTrafficPolicy {
  const { algorithm, slowStartSeconds, anomalyMitigation, crossZone, stickinessSeconds } = loadBalancing;
  const affinity = crossZone
    ? { crossZone, stickinessSeconds, deregistrationDelaySeconds }
    : { crossZone, deregistrationDelaySeconds };
  if (isProxied({ loadBalancing })) return { ...EACH_IN_TURN, deregistrationDelaySeconds };
  switch (algorithm) {
    case "roundRobin":
      return { algorithm, slowStartSeconds, ...affinity };
    case "leastOutstandingRequests":
      return { algorithm, ...affinity };
    case "weightedRandom":
      return { algorithm, anomalyMitigation, ...affinity };
    case "weightedRoundRobin":
      throw new Error("A joint rule refuses weightedRoundRobin for the load balancer.");
  }
}
