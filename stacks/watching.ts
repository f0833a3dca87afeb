import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
  type AlarmDefinition,
  balancerAlarms,
  capacityAlarm,
  certificateAlarm,
  logDeliveryAlarm,
  outsideAlarm,
} from "../components/monitoring/alarm-definitions";
import { AlarmTopic } from "../components/monitoring/alarm-topic";
import { Alarms, CustomersAffected } from "../components/monitoring/alarms";
import type { Colour } from "../components/colours";
import { Dashboard } from "../components/monitoring/dashboard";
import type { Fleet } from "../components/fleet/fleet";
import type { LoadBalancer } from "../components/load-balancer/load-balancer";
import { boundedName, type Tags } from "../components/naming";
import type { ProxyTier } from "../components/proxy/proxy-tier";
import type { Settings } from "./definitions";
import { isProxied } from "./proxies";
import { providedBy } from "./us-east-1";

/** What is watched, and on whose behalf. */
interface Watched {
  /** What the names of all resources begin with. */
  readonly name: string;
  readonly settings: Settings;
  readonly tags: Tags;
}

/** Ending of the names of the proxies' alarms. */
const PROXIES = "-proxies";

/** The alarms on the load balancer, there before the fleet, so that a refresh of the fleet can heed them. */
export interface BalancerWatch {
  readonly topicArn: pulumi.Input<string>;
  readonly alarms: Alarms;
}

/**
 * Alarms on the load balancer, if the stack wants alarms.
 *
 * @param hasVisitors - whether requests are forwarded to a colour
 */
export function watchBalancer(
  { name, settings, tags }: Watched,
  loadBalancer: LoadBalancer,
  hasVisitors: (colour: Colour) => boolean,
): BalancerWatch | undefined {
  const { enabled, emailAddresses, topicArn: own, runbookUrl } = settings.alarms;
  if (!enabled) return undefined;
  const topicArn = own !== "" ? own : new AlarmTopic(name, { emailAddresses, tags }).topicArn;
  const targetGroups = loadBalancer.targetGroups.map(({ colour, arnSuffix }) => ({
    arnSuffix,
    suffix: suffixOf(colour),
    isLive: hasVisitors(colour),
  }));
  if (loadBalancer.proxyTargetGroup !== undefined)
    targetGroups.push({
      arnSuffix: loadBalancer.proxyTargetGroup.arnSuffix,
      suffix: PROXIES,
      isLive: isProxied(settings),
    });
  const definitions = balancerAlarms(loadBalancer.arnSuffix, targetGroups, settings.alarms);
  return { topicArn, alarms: new Alarms(`${name}-traffic`, { definitions, topicArn, runbookUrl, tags }) };
}

/** What else the stack has to watch. */
interface Rest {
  readonly loadBalancer: LoadBalancer;
  readonly fleets: readonly { readonly colour: Colour; readonly isLive: boolean; readonly fleet: Fleet }[];
  /** The proxies; undefined without. */
  readonly proxies: ProxyTier | undefined;
  readonly certificateArn: pulumi.Input<string>;
  /** ARN of CloudFront's certificate, if it is another one, in us-east-1. */
  readonly cdnCertificateArn: pulumi.Input<string> | undefined;
  /** Id of Route 53's health check; undefined without one. */
  readonly externalHealthCheckId: pulumi.Output<string> | undefined;
  /** The AWS provider for us-east-1; undefined if that is the stack's own Region. */
  readonly usEast1: aws.Provider | undefined;
}

/** What a watched stack has to tell. */
export interface StoreWatch {
  /** Where the dashboard is found; undefined without one. */
  readonly dashboardUrl: pulumi.Output<string> | undefined;
  /** The alarms' names, by the word for each in docs/operations.md. */
  readonly alarmNames: Readonly<Record<string, pulumi.Output<string>>>;
}

/** The other alarms, the one that sums them up, and the dashboard, as far as the stack wants them. */
export function watchStore(watched: Watched, balancer: BalancerWatch | undefined, rest: Rest): StoreWatch {
  const others = balancer && watchRest(watched, balancer, rest);
  if (balancer !== undefined) watchInUsEast1(watched, balancer, rest);
  return {
    dashboardUrl: watched.settings.dashboard ? createDashboard(watched, rest, others?.summary) : undefined,
    alarmNames: { ...balancer?.alarms.alarmNameById, ...others?.alarmNames },
  };
}

function watchRest(
  { name, settings, tags }: Watched,
  { topicArn, alarms }: BalancerWatch,
  { loadBalancer, fleets, proxies, certificateArn }: Rest,
): { readonly summary: CustomersAffected; readonly alarmNames: StoreWatch["alarmNames"] } {
  const { runbookUrl, certificateDays } = settings.alarms;
  const { accessLogs } = loadBalancer;
  const definitions: AlarmDefinition[] = [
    // A group that can't grow anyway is always at its greatest size.
    ...(settings.minSize < settings.maxSize ? fleets.filter(({ isLive }) => isLive) : []).map(
      ({ colour, fleet }) => capacityAlarm(fleet.autoScalingGroupName, suffixOf(colour)),
    ),
    ...(proxies !== undefined && settings.proxy.minSize < settings.proxy.maxSize
      ? [capacityAlarm(proxies.fleet.autoScalingGroupName, PROXIES)]
      : []),
    certificateAlarm(certificateArn, certificateDays),
    ...(accessLogs.requestMetrics === undefined
      ? []
      : [logDeliveryAlarm(loadBalancer.arnSuffix, accessLogs.bucket, accessLogs.requestMetrics)]),
  ];
  const upkeep = new Alarms(`${name}-upkeep`, { definitions, topicArn, runbookUrl, tags });
  const summaryName = `${uniqueName(name)}-customers-affected`;
  const summary = new CustomersAffected(name, {
    alarmName: summaryName,
    alarmNames: alarms.alarmNames.customers,
    topicArn,
    runbookUrl,
    tags,
  });
  const alarmNames = {
    ...upkeep.alarmNameById,
    "customers-affected": summary.alarmName,
    // The only name that is known ahead: whoever writes it out shall not mute an alarm that isn't there yet.
    [summaryName]: summary.alarmName,
  };
  return { summary, alarmNames };
}

/**
 * The metrics of Route 53's health checks and of CloudFront's certificate are in us-east-1, and an alarm tells topics of
 * its own Region only: there is one of each there.
 */
function watchInUsEast1(
  { name, settings, tags }: Watched,
  { topicArn }: BalancerWatch,
  { externalHealthCheckId, cdnCertificateArn, usEast1 }: Rest,
): void {
  const { certificateDays, emailAddresses, usEast1TopicArn, runbookUrl } = settings.alarms;
  const definitions = [
    ...(externalHealthCheckId === undefined ? [] : [outsideAlarm(externalHealthCheckId)]),
    ...(cdnCertificateArn === undefined ? [] : [certificateAlarm(cdnCertificateArn, certificateDays)]),
  ];
  if (definitions.length === 0) return;
  const there = providedBy(usEast1);
  const ownTopic = (): pulumi.Input<string> =>
    usEast1TopicArn !== ""
      ? usEast1TopicArn
      : new AlarmTopic(`${name}-us-east-1`, { emailAddresses, tags }, there).topicArn;
  const tells = usEast1 === undefined ? topicArn : ownTopic();
  new Alarms(`${name}-outside`, { definitions, topicArn: tells, runbookUrl, tags }, there);
}

function createDashboard(
  { name, settings }: Watched,
  { loadBalancer, fleets, proxies }: Rest,
  summary: CustomersAffected | undefined,
): pulumi.Output<string> {
  const label = (what: string, colour: Colour): string => (fleets.length === 1 ? what : colour);
  return new Dashboard(name, {
    dashboardName: uniqueName(name),
    sources: {
      title: settings.domainName,
      loadBalancer: loadBalancer.arnSuffix,
      targetGroups: [
        ...loadBalancer.targetGroups.map(({ colour, arnSuffix }) => ({
          label: label("instances", colour),
          arnSuffix,
        })),
        ...(loadBalancer.proxyTargetGroup === undefined
          ? []
          : [{ label: "proxies", arnSuffix: loadBalancer.proxyTargetGroup.arnSuffix }]),
      ],
      groups: [
        ...fleets.map(({ colour, fleet }) => ({
          label: label("fleet", colour),
          name: fleet.autoScalingGroupName,
        })),
        ...(proxies === undefined ? [] : [{ label: "proxies", name: proxies.fleet.autoScalingGroupName }]),
      ],
      alarmArns: summary === undefined ? [] : [summary.alarmArn],
    },
  }).url;
}

/**
 * Pulumi makes up no name for a dashboard or a composite alarm, and the account has but one of each: the stack's name
 * tells them apart. Renaming a stack replaces these two, which hold nothing.
 */
function uniqueName(name: string): string {
  return boundedName(`${name}-${pulumi.getStack()}`, 100);
}

function suffixOf(colour: Colour): string {
  return colour === "blue" ? "" : `-${colour}`;
}
