import * as pulumi from "@pulumi/pulumi";

import { type Colour, colourName } from "../../components/colours";
import type { Login } from "../../components/load-balancer/authentication";
import type { ListenerRules } from "../../components/load-balancer/listener-rules";
import type { ReleaseTask } from "../../components/fleet/release-task";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { NetworkIds } from "../../components/network/network";
import type { ProxyTier } from "../../components/proxy/proxy-tier";
import type { SampleStore } from "../../components/store/sample-store";
import type { Application } from "../applications";
import type { CalendarPlan } from "../calendar/plan";
import type { Context } from "../context";
import { build as buildFleet } from "../fleet";
import type { BalancerWatch } from "../monitoring/balancer-watch";
import { build as buildProxies } from "../proxy";
import { build as buildRules, type FilledColour } from "../routes";
import type { Settings } from "../settings/schema";
import { type ColourPlan, isFilled } from "./colours";
import { build as buildReleaseCommand } from "./release-command";

/** A colour's instances, and its target group. */
export interface ColouredFleet extends FilledColour {
  readonly colour: Colour;
  readonly isLive: boolean;
  /** 0 while the colour is empty. */
  readonly maxSize: number;
}

/** The instances of all colours, the proxies if there are any, and the alarms that stop a step of a release. */
export interface Release {
  readonly fleets: readonly ColouredFleet[];
  readonly live: ColouredFleet;
  readonly proxies: ProxyTier | undefined;
  /** Names of the alarms that stop a refresh or a step. */
  readonly alarmNames: readonly pulumi.Output<string>[];
  /** How the release command is run; undefined without one. */
  readonly command: ReleaseTask | undefined;
}

/** The resources that a release needs. */
export interface ReleaseContext extends Context {
  readonly network: NetworkIds;
  readonly loadBalancer: LoadBalancer;
  readonly balancerWatch: BalancerWatch | undefined;
  readonly sampleStore: SampleStore | undefined;
  readonly applications: readonly Application[];
  readonly colours: readonly ColourPlan[];
  readonly plan: CalendarPlan;
  /** How visitors sign in; undefined without a login. */
  readonly login: Login | undefined;
}

/** Creates instances before the rules that forward to them, and removes rules before their instances. */
export function build(settings: Settings, context: ReleaseContext): Release {
  const { name, loadBalancer, colours } = context;
  const alarmNames = context.balancerWatch?.alarms.alarmNames.customers ?? [];
  const fill = (plan: ColourPlan, rules?: ListenerRules): ColouredFleet => {
    const group = loadBalancer.targetGroups.find(({ colour }) => colour === plan.colour);
    if (group === undefined) throw new Error(`The load balancer has no target group for ${plan.colour}.`);
    // A colour that becomes empty keeps its instances until no rule forwards to it.
    const joined =
      rules === undefined ? group.arn : pulumi.all([group.arn, rules.ruleArns]).apply(([arn]) => arn);
    const targetGroup = { ...group, arn: joined };
    const fleet = buildFleet(settings, { ...context, colour: plan, targetGroup, alarmNames });
    const { colour, isLive, weight, maxSize } = plan;
    return { colour, isLive, weight, maxSize, targetGroupArn: group.arn, fleet };
  };
  const filled = colours.filter(isFilled).map((colour) => fill(colour));
  const backends = filled.map(({ colour, fleet }) => ({
    name: colourName(name, colour),
    securityGroupId: fleet.securityGroupId,
  }));
  const proxies = buildProxies(settings, { ...context, backends, alarmNames });
  const rules = buildRules(settings, { ...context, filled, proxies });
  const emptied = colours.filter((colour) => !isFilled(colour)).map((colour) => fill(colour, rules));

  const fleets = [...filled, ...emptied];
  const live = fleets.find(({ isLive }) => isLive);
  if (live === undefined) throw new Error("No colour is live.");
  const command = buildReleaseCommand(settings, { ...context, fleets });
  return { fleets, live, proxies, alarmNames, command };
}
