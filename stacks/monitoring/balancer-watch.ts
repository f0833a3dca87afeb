import type * as pulumi from "@pulumi/pulumi";

import { balancerAlarms, targetGroupAlarms } from "../../components/monitoring/balancer-alarms";
import { AlarmTopic } from "../../components/monitoring/alarm-topic";
import { Alarms } from "../../components/monitoring/alarms";
import type { Colour } from "../../components/colours";
import type { JoinedTargetGroup, LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { Context } from "../context";
import { isProxied } from "../proxy/user-data";
import type { ColourPlan } from "../release/colours";
import type { Settings } from "../settings/schema";

/** Suffix of the names of the proxies' alarms. */
export const PROXIES = "-proxies";

/** The alarms on the load balancer. They are declared before the fleet, so that its instance refresh can watch them. */
export interface BalancerWatch {
  readonly topicArn: pulumi.Input<string>;
  readonly alarms: Alarms;
}

/** Alarms on the load balancer, if alarms are enabled. */
export function watchBalancer(
  settings: Settings,
  {
    name,
    tags,
    loadBalancer,
    colours,
  }: Context & { readonly loadBalancer: LoadBalancer; readonly colours: readonly ColourPlan[] },
): BalancerWatch | undefined {
  const { enabled, emailAddresses, topicArn: own, runbookUrl } = settings.alarms;
  if (!enabled) return undefined;
  const topicArn = own ?? new AlarmTopic(name, { emailAddresses, tags }).topicArn;
  const targetGroups = loadBalancer.targetGroups.map(({ colour, arnSuffix }) => ({
    arnSuffix,
    suffix: suffixOf(colour),
    isServing: colours.some((plan) => plan.colour === colour && plan.weight > 0),
  }));
  if (loadBalancer.proxyTargetGroup !== undefined)
    targetGroups.push({
      arnSuffix: loadBalancer.proxyTargetGroup.arnSuffix,
      suffix: PROXIES,
      isServing: isProxied(settings),
    });
  // With proxies, the colours' own target groups get health checks only.
  const answering = targetGroups.filter(
    ({ isServing, suffix }) => isServing && (suffix === PROXIES) === isProxied(settings),
  );
  const definitions = balancerAlarms(
    loadBalancer.arnSuffix,
    targetGroups,
    settings.alarms,
    isShared(settings) ? answering.map(({ arnSuffix }) => arnSuffix) : undefined,
  );
  return { topicArn, alarms: new Alarms(`${name}-traffic`, { definitions, topicArn, runbookUrl, tags }) };
}

/** Whether listener rules forward to anything but the store's own application. */
function isShared({ applications, routes }: Settings): boolean {
  return (
    Object.keys(applications).length > 0 ||
    Object.values(routes).some(({ targetGroupArn }) => targetGroupArn !== undefined)
  );
}

/**
 * Alarms on a further application, if alarms are enabled.
 *
 * @param application - its name in the settings
 */
export function watchApplication(
  settings: Settings,
  application: string,
  {
    name,
    tags,
    loadBalancer,
    targetGroup,
    balancerWatch,
  }: Context & {
    readonly loadBalancer: LoadBalancer;
    readonly targetGroup: JoinedTargetGroup;
    readonly balancerWatch: BalancerWatch | undefined;
  },
): Alarms | undefined {
  if (balancerWatch === undefined) return undefined;
  const group = {
    arnSuffix: targetGroup.arnSuffix,
    suffix: "",
    isServing: true,
    serves: `application ${application}`,
  };
  return new Alarms(`${name}-traffic`, {
    definitions: targetGroupAlarms(loadBalancer.arnSuffix, group, settings.alarms),
    topicArn: balancerWatch.topicArn,
    runbookUrl: settings.alarms.runbookUrl,
    tags,
  });
}

/** Suffix of the names of a colour's alarms. */
export function suffixOf(colour: Colour): string {
  return colour === "blue" ? "" : `-${colour}`;
}
