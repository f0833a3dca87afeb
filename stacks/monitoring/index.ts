import * as pulumi from "@pulumi/pulumi";

import type { AlarmDefinition } from "../../components/monitoring/alarm";
import {
  agentAlarms,
  capacityAlarm,
  certificateAlarm,
  logDeliveryAlarm,
  outsideAlarm,
} from "../../components/monitoring/resource-alarms";
import { AlarmTopic } from "../../components/monitoring/alarm-topic";
import { Alarms, CustomersAffected } from "../../components/monitoring/alarms";
import type { Colour } from "../../components/colours";
import { Dashboard } from "../../components/monitoring/dashboard";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import { boundedName } from "../../components/naming";
import type { Application } from "../applications";
import type { StoreCertificate } from "../certificate";
import type { Context } from "../context";
import type { Edge } from "../edge";
import { isFilled } from "../release/colours";
import type { Release } from "../release";
import type { Settings } from "../settings/schema";
import { hasAgent } from "../telemetry/agent";
import { providedBy } from "../us-east-1";
import { type BalancerWatch, PROXIES, suffixOf } from "./balancer-watch";

/** The resources that the rest of the monitoring needs. */
interface MonitoringContext extends Context {
  readonly loadBalancer: LoadBalancer;
  readonly certificate: StoreCertificate;
  readonly edge: Edge;
  readonly balancerWatch: BalancerWatch | undefined;
  readonly release: Release;
  readonly applications: readonly Application[];
}

/** Outputs of the monitoring. */
export interface StoreWatch {
  /** URL of the dashboard; undefined without one. */
  readonly dashboardUrl: pulumi.Output<string> | undefined;
  /** The alarms' names, by the key of each in docs/operations.md. */
  readonly alarmNames: Readonly<Record<string, pulumi.Output<string>>>;
}

/** The other alarms, the composite alarm, and the dashboard, as far as they are enabled. */
export function build(settings: Settings, context: MonitoringContext): StoreWatch {
  const { balancerWatch } = context;
  const others = balancerWatch && watchRest(settings, context, balancerWatch);
  if (balancerWatch !== undefined) watchInUsEast1(settings, context, balancerWatch);
  return {
    dashboardUrl: settings.dashboard ? createDashboard(settings, context, others?.summary) : undefined,
    alarmNames: { ...balancerWatch?.alarms.alarmNameById, ...others?.alarmNames },
  };
}

function watchRest(
  settings: Settings,
  { name, tags, loadBalancer, certificate, release: { fleets, proxies }, applications }: MonitoringContext,
  { topicArn, alarms }: BalancerWatch,
): { readonly summary: CustomersAffected; readonly alarmNames: StoreWatch["alarmNames"] } {
  const { runbookUrl, certificateDays } = settings.alarms;
  const { accessLogs } = loadBalancer;
  const definitions: AlarmDefinition[] = [
    // A group that can't grow is always at its maximum size.
    ...(settings.fleet.minSize < settings.fleet.maxSize ? fleets.filter(({ isLive }) => isLive) : []).map(
      ({ colour, fleet }) => capacityAlarm(fleet.autoScalingGroupName, suffixOf(colour)),
    ),
    ...(proxies !== undefined && settings.proxy.minSize < settings.proxy.maxSize
      ? [capacityAlarm(proxies.fleet.autoScalingGroupName, PROXIES)]
      : []),
    ...(hasAgent(settings) ? agentGroups(fleets, proxies, applications) : []).flatMap(
      ({ groupName, suffix }) => agentAlarms(groupName, suffix, settings.alarms),
    ),
    ...applications
      .filter(({ settings: { fleet } }) => fleet.minSize < fleet.maxSize)
      .map(({ name: application, fleet }) =>
        capacityAlarm(fleet.autoScalingGroupName, applicationSuffix(application)),
      ),
    certificateAlarm(certificate.certificateArn, certificateDays),
    ...Object.entries(certificate.further).map(([domain, { certificateArn }]) =>
      certificateAlarm(certificateArn, certificateDays, `-${boundedName(domain, 72)}`),
    ),
    ...(accessLogs.requestMetrics === undefined
      ? []
      : [logDeliveryAlarm(loadBalancer.arnSuffix, accessLogs.bucket, accessLogs.requestMetrics)]),
  ];
  const upkeep = new Alarms(`${name}-upkeep`, { definitions, topicArn, runbookUrl, tags });
  const summaryName = `${uniqueName(name)}-customers-affected`;
  const summary = new CustomersAffected(name, {
    alarmName: summaryName,
    alarmNames: [alarms, ...applications.flatMap((one) => one.alarms ?? [])].flatMap(
      ({ alarmNames: { customers } }) => customers,
    ),
    topicArn,
    runbookUrl,
    tags,
  });
  const alarmNames = {
    ...upkeep.alarmNameById,
    ...Object.fromEntries(
      applications.flatMap((one) =>
        Object.entries(one.alarms?.alarmNameById ?? {}).map(([id, alarmName]) => [
          id + applicationSuffix(one.name),
          alarmName,
        ]),
      ),
    ),
    "customers-affected": summary.alarmName,
    // The only name that is known in advance; using the output ensures that the alarm exists before it is muted.
    [summaryName]: summary.alarmName,
  };
  return { summary, alarmNames };
}

/**
 * The groups whose instances have an agent, with the suffixes of their alarms: all except colours without instances.
 */
function agentGroups(
  fleets: Release["fleets"],
  proxies: Release["proxies"],
  applications: readonly Application[],
): { readonly groupName: pulumi.Output<string>; readonly suffix: string }[] {
  return [
    ...fleets
      .filter(isFilled)
      .map(({ colour, fleet }) => ({ groupName: fleet.autoScalingGroupName, suffix: suffixOf(colour) })),
    ...(proxies === undefined ? [] : [{ groupName: proxies.fleet.autoScalingGroupName, suffix: PROXIES }]),
    ...applications.map(({ name, fleet }) => ({
      groupName: fleet.autoScalingGroupName,
      suffix: applicationSuffix(name),
    })),
  ];
}

/**
 * The metrics of Route 53's health checks and of CloudFront's certificate are in us-east-1. An alarm notifies topics of
 * its own Region only, so both the alarms and a topic are there.
 */
function watchInUsEast1(
  settings: Settings,
  { name, tags, edge: { externalHealthCheckId, cdnCertificateArn, usEast1 } }: MonitoringContext,
  { topicArn }: BalancerWatch,
): void {
  const { certificateDays, emailAddresses, usEast1TopicArn, runbookUrl } = settings.alarms;
  const definitions = [
    ...(externalHealthCheckId === undefined ? [] : [outsideAlarm(externalHealthCheckId)]),
    ...(cdnCertificateArn === undefined ? [] : [certificateAlarm(cdnCertificateArn, certificateDays)]),
  ];
  if (definitions.length === 0) return;
  const there = providedBy(usEast1);
  const ownTopic = (): pulumi.Input<string> =>
    usEast1TopicArn ?? new AlarmTopic(`${name}-us-east-1`, { emailAddresses, tags }, there).topicArn;
  const tells = usEast1 === undefined ? topicArn : ownTopic();
  new Alarms(`${name}-outside`, { definitions, topicArn: tells, runbookUrl, tags }, there);
}

function createDashboard(
  settings: Settings,
  { name, loadBalancer, release: { fleets, proxies }, applications }: MonitoringContext,
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
        ...applications.map(({ name: label, targetGroup: { arnSuffix } }) => ({ label, arnSuffix })),
      ],
      groups: [
        ...fleets.map(({ colour, fleet }) => ({
          label: label("fleet", colour),
          name: fleet.autoScalingGroupName,
        })),
        ...(proxies === undefined ? [] : [{ label: "proxies", name: proxies.fleet.autoScalingGroupName }]),
        ...applications.map(({ name: label, fleet }) => ({ label, name: fleet.autoScalingGroupName })),
      ],
      reportsMemory: hasAgent(settings),
      alarmArns: summary === undefined ? [] : [summary.alarmArn],
    },
  }).url;
}

/**
 * Pulumi does not auto-name dashboards and composite alarms, and their names are unique in an account, so they contain
 * the stack's name. Renaming a stack replaces these two, which hold no data.
 */
function uniqueName(name: string): string {
  return boundedName(`${name}-${pulumi.getStack()}`, 100);
}

/** Suffix of the names of an application's alarms, different from those of the colours and the proxies. */
function applicationSuffix(application: string): string {
  return `-app-${application}`;
}
