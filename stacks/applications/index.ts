import type { Fleet } from "../../components/fleet/fleet";
import { ApplicationTargetGroups } from "../../components/load-balancer/application-target-groups";
import type { JoinedTargetGroup, LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { Alarms } from "../../components/monitoring/alarms";
import type { NetworkIds } from "../../components/network/network";
import { build as buildSampleStore } from "../application";
import { targetGroupArgs } from "../balancer";
import { planCalendar } from "../calendar/plan";
import type { Context } from "../context";
import { build as buildFleet } from "../fleet";
import { type BalancerWatch, watchApplication } from "../monitoring/balancer-watch";
import { planColours } from "../release/colours";
import type { Settings } from "../settings/schema";
import { applicationName, settingsOf } from "./derive";

/** An application in addition to the store's own. */
export interface Application {
  /** Its name in the settings. */
  readonly name: string;
  /** Its own settings; see `settingsOf`. */
  readonly settings: Settings;
  readonly targetGroup: JoinedTargetGroup;
  readonly fleet: Fleet;
  /** The alarms on its target group, if alarms are enabled. */
  readonly alarms: Alarms | undefined;
}

/** The resources that applications need. */
interface ApplicationsContext extends Context {
  readonly network: NetworkIds;
  readonly loadBalancer: LoadBalancer;
  readonly balancerWatch: BalancerWatch | undefined;
}

/** The further applications, built like the store's own. Listener rules that forward to them are declared later. */
export function build(settings: Settings, context: ApplicationsContext): readonly Application[] {
  const { name, tags, network, loadBalancer } = context;
  const names = Object.keys(settings.applications).sort();
  if (names.length === 0) return [];
  const { targetGroups } = new ApplicationTargetGroups(`${name}-app`, {
    loadBalancer: loadBalancer.resource,
    listenerArn: loadBalancer.httpsListenerArn,
    groups: Object.fromEntries(
      names.map((each) => [
        applicationName(name, each),
        targetGroupArgs(settingsOf(settings, each), { network, tags }),
      ]),
    ),
    tags,
  });
  return names.map((each) => {
    const own = settingsOf(settings, each);
    const ownContext = { ...context, name: applicationName(name, each) };
    const targetGroup = targetGroups[ownContext.name]!;
    // Before its instances, because an instance refresh watches these alarms.
    const alarms = watchApplication(own, each, { ...ownContext, targetGroup });
    const plan = planCalendar(own);
    const fleet = buildFleet(own, {
      ...ownContext,
      targetGroup,
      plan,
      colour: planColours(own, plan.current)[0]!,
      sampleStore: buildSampleStore(own, ownContext),
      alarmNames: alarms?.alarmNames.customers ?? [],
    });
    return { name: each, settings: own, targetGroup, fleet, alarms };
  });
}
