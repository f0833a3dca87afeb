import * as pulumi from "@pulumi/pulumi";

import type { Fleet } from "../../components/fleet/fleet";
import { ListenerRules, type Route } from "../../components/load-balancer/listener-rules";
import type { Login } from "../../components/load-balancer/authentication";
import type { ForwardTarget } from "../../components/load-balancer/forwarding";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { ProxyTier } from "../../components/proxy/proxy-tier";
import type { Application } from "../applications";
import type { Context } from "../context";
import { accessBy } from "../login";
import type { Settings } from "../settings/schema";
import { isProxied } from "../proxy/user-data";

/** A colour that has instances. */
export interface FilledColour {
  /** Weight, 0 to 999. */
  readonly weight: number;
  readonly targetGroupArn: pulumi.Output<string>;
  readonly fleet: Fleet;
}

/** The resources that rules need. */
interface RoutesContext extends Context {
  readonly loadBalancer: LoadBalancer;
  /** The colours that rules forward to: each rule waits for their instances. */
  readonly filled: readonly FilledColour[];
  /** With `engine: haproxy`, the rules forward to the proxies instead, which apply the colours' weights. */
  readonly proxies: ProxyTier | undefined;
  /** The further applications: each rule waits for their instances, too. */
  readonly applications: readonly Application[];
  /** How visitors sign in; undefined without a login. */
  readonly login: Login | undefined;
}

/** The listener rules of the settings; undefined if the listener's default action is enough. */
export function build(
  settings: Settings,
  { name, tags, loadBalancer, filled, proxies, applications, login }: RoutesContext,
): ListenerRules | undefined {
  const routes = [
    ...routesOf(settings, login),
    ...applications.map((one) => applicationRoute(settings, login, one)),
  ];
  const { maintenance, blueGreen } = settings;
  if (routes.length === 0 && !maintenance.enabled && !blueGreen.enabled) return undefined;
  return new ListenerRules(name, {
    listenerArn: loadBalancer.httpsListenerArn,
    forwarding: {
      targets: [
        ...filled.map(({ weight, targetGroupArn, fleet }) =>
          target(targetGroupArn, fleet, isProxied(settings) ? 0 : weight),
        ),
        ...(proxies !== undefined && loadBalancer.proxyTargetGroup !== undefined
          ? [target(loadBalancer.proxyTargetGroup.arn, proxies.fleet, isProxied(settings) ? 1 : 0)]
          : []),
      ],
      stickinessSeconds: blueGreen.stickinessSeconds,
    },
    forwardsEverything: blueGreen.enabled,
    access: accessBy(settings, login),
    routes,
    maintenancePage: maintenance.enabled ? maintenance.page : undefined,
    tags,
  });
}

function target(targetGroupArn: pulumi.Output<string>, fleet: Fleet, weight: number): ForwardTarget {
  return { arn: pulumi.all([targetGroupArn, fleet.autoScalingGroupName]).apply(([arn]) => arn), weight };
}

/** The rule that forwards to an application. */
function applicationRoute(
  settings: Settings,
  login: Login | undefined,
  { name, targetGroup, fleet }: Application,
): Route {
  const rule = settings.applications[name]!;
  const { priority, hosts, paths } = rule;
  const { arn: targetGroupArn } = target(targetGroup.arn, fleet, 1);
  const access = accessBy(settings, login, rule);
  return { name: `app-${name}`, priority, hosts, paths, access, action: { type: "forward", targetGroupArn } };
}

function routesOf(settings: Settings, login: Login | undefined): Route[] {
  return Object.entries(settings.routes).map(([name, route]): Route => {
    const { priority, hosts, paths, action, targetGroupArn, fixedResponse, redirect } = route;
    const details = { forward: { targetGroupArn }, fixedResponse, redirect };
    const access = accessBy(settings, login, route);
    return {
      name,
      priority,
      hosts,
      paths,
      access,
      action: { type: action, ...details[action] } as Route["action"],
    };
  });
}
