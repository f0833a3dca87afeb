import * as pulumi from "@pulumi/pulumi";

import type { Fleet } from "../components/fleet";
import { ListenerRules, type Route } from "../components/listener-rules";
import type { LoadBalancer } from "../components/load-balancer";
import type { Tags } from "../components/naming";
import type { TrafficPolicy } from "../components/traffic-policy";
import type { Settings } from "./definitions";

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
 */
export function createListenerRules(
  name: string,
  settings: Settings,
  loadBalancer: LoadBalancer,
  colours: readonly FilledColour[],
  tags: Tags,
): ListenerRules | undefined {
  const routes = routesOf(settings);
  const { maintenance, blueGreen } = settings;
  if (routes.length === 0 && !maintenance.enabled && !blueGreen.enabled) return undefined;
  return new ListenerRules(name, {
    listenerArn: loadBalancer.httpsListenerArn,
    forwarding: {
      targets: colours.map(({ weight, targetGroupArn, fleet }) => ({
        arn: pulumi.all([targetGroupArn, fleet.autoScalingGroupName]).apply(([arn]) => arn),
        weight,
      })),
      stickinessSeconds: blueGreen.stickinessSeconds,
    },
    forwardsEverything: blueGreen.enabled,
    routes,
    maintenancePage: maintenance.enabled ? maintenance.page : undefined,
    tags,
  });
}

function routesOf(settings: Settings): Route[] {
  return Object.entries(settings.routes).map(([name, route]): Route => {
    const { priority, hosts, paths, action, fixedResponse, redirect } = route;
    const details = { forward: {}, fixedResponse, redirect };
    return { name, priority, hosts, paths, action: { type: action, ...details[action] } as Route["action"] };
  });
}

/** The policy that `loadBalancing` names. Joint rules have refused what a policy can't say. */
export function trafficPolicyOf({ loadBalancing, deregistrationDelaySeconds }: Settings): TrafficPolicy {
  const { algorithm, slowStartSeconds, anomalyMitigation, crossZone, stickinessSeconds } = loadBalancing;
  const affinity = crossZone
    ? { crossZone, stickinessSeconds, deregistrationDelaySeconds }
    : { crossZone, deregistrationDelaySeconds };
  switch (algorithm) {
    case "roundRobin":
      return { algorithm, slowStartSeconds, ...affinity };
    case "leastOutstandingRequests":
      return { algorithm, ...affinity };
    case "weightedRandom":
      return { algorithm, anomalyMitigation, ...affinity };
  }
}
