import * as pulumi from "@pulumi/pulumi";

import { colourName } from "../../components/colours";
import { Fleet } from "../../components/fleet/fleet";
import type { StoreRelease } from "../../components/fleet/boot/store";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { NetworkIds } from "../../components/network/network";
import type { SampleStore } from "../../components/store/sample-store";
import { instanceBoot, lifecycleHooks } from "../application/user-data";
import { metadataHopsOf } from "../application/access";
import type { CalendarPlan } from "../calendar/plan";
import type { Context } from "../context";
import { hasLogin } from "../login/access";
import { groupTagsOf, requestsOf } from "../proxy";
import { isProxied } from "../proxy/user-data";
import type { ColourPlan } from "../release/colours";
import type { Settings } from "../settings/schema";

/** The resources that a colour's instances need. */
interface FleetContext extends Context {
  readonly network: NetworkIds;
  readonly loadBalancer: LoadBalancer;
  readonly sampleStore: SampleStore | undefined;
  readonly plan: CalendarPlan;
  readonly colour: ColourPlan;
  readonly targetGroup: { readonly arn: pulumi.Output<string>; readonly arnSuffix: pulumi.Output<string> };
  /** Names of the alarms that stop a refresh, in addition to those of the settings. */
  readonly alarmNames: readonly pulumi.Input<string>[];
}

/** Builds a colour's instances. */
export function build(settings: Settings, context: FleetContext): Fleet {
  const { name, tags, network, loadBalancer, colour, targetGroup, plan, alarmNames } = context;
  const { application, endpoint } = colour;
  return new Fleet(colourName(name, colour.colour), {
    ...settings.fleet,
    vpcId: network.vpcId,
    privateSubnetIds: network.privateSubnetIds,
    loadBalancerSecurityGroupId: loadBalancer.securityGroupId,
    targetGroupArn: targetGroup.arn,
    requests: requestsOf(settings, loadBalancer, targetGroup),
    instanceTypes: colour.instanceTypes,
    imageId: colour.imageId,
    ipv6: settings.network.ipv6 && settings.network.natGateways !== "none",
    groupMetrics: settings.alarms.enabled || settings.dashboard || isProxied(settings),
    groupTags: groupTagsOf(settings, colour),
    egress: settings.application.egress,
    metadataHops: metadataHopsOf({ ...settings, application }),
    instancePort: endpoint.port,
    ...instanceBoot({ ...settings, application }, endpoint, releaseOf(settings, context)),
    minSize: colour.minSize,
    maxSize: colour.maxSize,
    sizesHaveChanged: colour.isLive && plan.sizesHaveChanged,
    part: colour.part,
    deregistrationDelaySeconds: settings.loadBalancing.deregistrationDelaySeconds,
    warmPool: colour.isLive ? plan.current.warmPool : settings.fleet.warmPool,
    lifecycleHooks: lifecycleHooks(settings),
    instanceRefresh: {
      ...settings.fleet.instanceRefresh,
      alarmNames: [...settings.fleet.instanceRefresh.alarmNames, ...alarmNames],
    },
    tags,
  });
}

/** The sample store's release for instances, including, with a login, the load balancer whose signatures they trust. */
function releaseOf(
  settings: Settings,
  { sampleStore, loadBalancer }: FleetContext,
): pulumi.Output<StoreRelease> | undefined {
  if (sampleStore === undefined || !hasLogin(settings)) return sampleStore?.release;
  return pulumi
    .all([sampleStore.release, loadBalancer.loadBalancerArn])
    .apply(([release, loginSigner]) => ({ ...release, loginSigner }));
}
