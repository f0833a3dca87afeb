import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { DeployFreeze } from "../components/calendar/compile";
import { Certificate } from "../components/certificate/certificate";
import { type Colour, colourName } from "../components/colours";
import { Fleet } from "../components/fleet/fleet";
import type { ListenerRules } from "../components/load-balancer/listener-rules";
import { LoadBalancer } from "../components/load-balancer/load-balancer";
import { stackTags } from "../components/naming";
import { Network } from "../components/network/network";
import { SampleStore } from "../components/store/sample-store";
import { STATUS_PATH, StatusFunction } from "../components/monitoring/status-function";
import { instanceBoot, lifecycleHooks, servicesOf } from "./application";
import { type ColourPlan, isFilled, planColours } from "./blue-green";
import { buildCalendar, planCalendar } from "./calendar";
import type { Settings } from "./definitions";
import { buildEdge, exposureOf } from "./edge";
import { healthCheckOf } from "./health-check";
import { boundRoles } from "./permissions-boundary";
import { createProxies, groupTagsOf, isProxied, proxyTargets, requestsOf } from "./proxies";
import { createListenerRules, type FilledColour, trafficPolicyOf } from "./routes";
import { usEast1Provider } from "./us-east-1";
import { watchBalancer, watchStore } from "./watching";

/** What a deployed store tells the people and stacks that work with it. */
export interface StoreOutputs {
  /** Where customers find the store. */
  readonly url: string;
  /** The load balancer's own DNS name. */
  readonly loadBalancerDnsName: pulumi.Output<string>;
  /** The load balancer's ARN. */
  readonly loadBalancerArn: pulumi.Output<string>;
  /** ARN of the target group that the live instances join. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** Name of the live Auto Scaling group. */
  readonly autoScalingGroupName: pulumi.Output<string>;
  /** Id of the VPC. */
  readonly vpcId: pulumi.Output<string>;
  /** ARN of the validated certificate. */
  readonly certificateArn: pulumi.Output<string>;
  /** Id of the CloudFront distribution, if there is one. */
  readonly distributionId: pulumi.Output<string> | undefined;
  /** The distribution's own DNS name, if there is one. */
  readonly distributionDnsName: pulumi.Output<string> | undefined;
  /** ARN of the web ACL of AWS WAF, if there is one. */
  readonly webAclArn: pulumi.Output<string> | undefined;
  /** Id of Route 53's health check, if there is one; its metric is in us-east-1. */
  readonly externalHealthCheckId: pulumi.Output<string> | undefined;
  /** Name of the DynamoDB table of the sample store's orders; undefined without that store. */
  readonly ordersTableName: pulumi.Output<string> | undefined;
  /** Where in the AWS console the dashboard is found; undefined without one. */
  readonly dashboardUrl: pulumi.Output<string> | undefined;
  /** Where the status function answers; undefined without one. */
  readonly statusUrl: string | undefined;
  /** When the deploy gate shall hold deployments back. */
  readonly deployFreezes: readonly DeployFreeze[];
  /** How a release stands, for the people and pipelines that take it further: docs/blue-green.md. */
  readonly release: {
    /** Minutes to watch after a step before the next. */
    readonly bakeMinutes: number;
    /** Alarms that end a step when they ring. */
    readonly alarmNames: readonly pulumi.Output<string>[];
    readonly colours: readonly {
      readonly colour: Colour;
      readonly isLive: boolean;
      /** Its share of visitors. */
      readonly weight: number;
      readonly targetGroupArn: pulumi.Output<string>;
      readonly autoScalingGroupName: pulumi.Output<string>;
    }[];
  };
}

/** A colour's instances, and what leads to them. */
interface ColouredFleet extends FilledColour {
  readonly colour: Colour;
  readonly isLive: boolean;
}

/**
 * The name that all resources begin with. Without the stack in it: to rename a stack must not replace the
 * store.
 */
const NAME = "web-store";

/**
 * The port between the load balancer and the instances: not privileged, so the service on it needs no
 * privileges.
 */
const INSTANCE_PORT = 8080;

/** Declares a store: network, certificate, load balancer, fleet, and what leads from one to the next. */
export function buildStore(settings: Settings): StoreOutputs {
  boundRoles(settings.permissionsBoundary);
  const tags = stackTags(pulumi.getProject(), pulumi.getStack(), settings.tags);
  const calendar = planCalendar(settings);
  const colours = planColours(settings, calendar.current);
  const hostedZone = aws.route53.getZoneOutput({ name: settings.hostedZoneName, privateZone: false });

  const network = new Network(NAME, {
    cidrBlock: settings.vpcCidr,
    availabilityZones: settings.availabilityZones,
    natGateways: settings.natGateways,
    ipv6: settings.ipv6,
    interfaceServices: servicesOf(settings),
    dynamodb: settings.application.source === "store",
    flowLogRetentionDays: settings.flowLogRetentionDays,
    tags,
  });

  const certificate =
    settings.certificateArn === ""
      ? new Certificate(NAME, {
          domainName: settings.domainName,
          subjectAlternativeNames: settings.subjectAlternativeNames,
          hostedZoneName: settings.hostedZoneName,
          hostedZoneId: hostedZone.zoneId,
          keyAlgorithm: settings.certificateKeyAlgorithm,
          validationMinutes: settings.certificateValidationMinutes,
          tags,
        })
      : undefined;
  const certificateArn = certificate?.certificateArn ?? pulumi.output(settings.certificateArn);
  const securityHeaders = {
    hstsMaxAgeSeconds: settings.hstsMaxAgeSeconds,
    hstsIncludeSubDomains: settings.hstsIncludeSubDomains,
    contentSecurityPolicy: settings.contentSecurityPolicy,
  };

  const loadBalancer = new LoadBalancer(NAME, {
    vpcId: network.vpcId,
    ...exposureOf(settings, network),
    certificateArn,
    tlsPolicy: settings.tlsPolicy,
    securityHeaders,
    instancePort: INSTANCE_PORT,
    healthCheck: healthCheckOf(settings),
    targetGroupHealth: settings.targetGroupHealth,
    trafficPolicy: trafficPolicyOf(settings),
    colours: colours.map(({ colour }) => colour),
    defaultWeights: Object.fromEntries(
      colours.filter(isFilled).map(({ colour, isLive }) => [colour, isLive && !isProxied(settings) ? 1 : 0]),
    ),
    proxies: proxyTargets(settings),
    othersGetVisitors: !isProxied(settings) && colours.some(({ isLive, weight }) => !isLive && weight > 0),
    idleTimeoutSeconds: settings.idleTimeoutSeconds,
    accessLogRetentionDays: settings.accessLogRetentionDays,
    connectionLogs: settings.connectionLogs,
    healthCheckLogs: settings.healthCheckLogs,
    capacityUnits: calendar.current.capacityUnits,
    zonalShift: settings.zonalShift,
    accessLogMetrics: settings.alarms.enabled && settings.alarms.logDelivery,
    deletionProtection: settings.deletionProtection,
    tags,
  });

  const isWatchedOutside = settings.alarms.enabled && settings.externalHealthCheck.enabled;
  const usEast1 =
    settings.cdn.enabled || isWatchedOutside ? usEast1Provider(NAME, settings.region) : undefined;
  const { cdnCertificateArn, ...outputs } = buildEdge(NAME, {
    settings,
    domainNames: [settings.domainName, ...settings.subjectAlternativeNames],
    hostedZoneId: hostedZone.zoneId,
    network,
    loadBalancer,
    certificate,
    certificateArn,
    securityHeaders,
    usEast1,
    tags,
  });

  const watched = { name: NAME, settings, tags };
  const balancerWatch = watchBalancer(watched, loadBalancer, (colour) =>
    colours.some((plan) => plan.colour === colour && plan.weight > 0),
  );
  const stopsRefreshes = balancerWatch?.alarms.alarmNames.customers ?? [];

  const sampleStore =
    settings.application.source === "store"
      ? new SampleStore(NAME, { deletionProtection: settings.deletionProtection, tags })
      : undefined;
  const createFleet = (plan: ColourPlan, rules?: ListenerRules): ColouredFleet => {
    const group = loadBalancer.targetGroups.find(({ colour }) => colour === plan.colour);
    if (group === undefined) throw new Error(`The load balancer has no target group for ${plan.colour}.`);
    const own = { ...settings, application: plan.application };
    const fleet = new Fleet(colourName(NAME, plan.colour), {
      vpcId: network.vpcId,
      privateSubnetIds: network.privateSubnetIds,
      loadBalancerSecurityGroupId: loadBalancer.securityGroupId,
      // A colour that is emptied keeps its instances until no rule forwards to it.
      targetGroupArn:
        rules === undefined ? group.arn : pulumi.all([group.arn, rules.ruleArns]).apply(([arn]) => arn),
      requests: requestsOf(settings, loadBalancer, group),
      instanceTypes: plan.instanceTypes,
      imageId: plan.imageId === "" ? undefined : plan.imageId,
      rootVolumeGib: settings.rootVolumeGib,
      detailedMonitoring: settings.detailedMonitoring,
      ipv6: settings.ipv6 && settings.natGateways !== "none",
      groupMetrics: settings.alarms.enabled || settings.dashboard || isProxied(settings),
      groupTags: groupTagsOf(settings, plan),
      instancePort: INSTANCE_PORT,
      ...instanceBoot(own, INSTANCE_PORT, sampleStore?.release),
      minSize: plan.minSize,
      maxSize: plan.maxSize,
      sizesHaveChanged: plan.isLive && calendar.sizesHaveChanged,
      part: plan.part,
      bootSeconds: settings.bootSeconds,
      deregistrationDelaySeconds: settings.deregistrationDelaySeconds,
      maxInstanceLifetimeDays: settings.maxInstanceLifetimeDays,
      spot: settings.spot,
      warmPool: plan.isLive ? calendar.current.warmPool : settings.warmPool,
      lifecycleHooks: lifecycleHooks(settings),
      instanceRefresh: {
        ...settings.instanceRefresh,
        alarmNames: [...settings.instanceRefresh.alarmNames, ...stopsRefreshes],
      },
      cpuTargetPercent: settings.cpuTargetPercent,
      requestsPerTargetPerMinute: settings.requestsPerTargetPerMinute,
      tags,
    });
    const { colour, isLive, weight } = plan;
    return { colour, isLive, weight, targetGroupArn: group.arn, fleet };
  };
  // Instances first, then the rules that lead to them; where instances go, the rules first.
  const filled = colours.filter(isFilled).map((plan) => createFleet(plan));
  const proxies = createProxies(NAME, {
    settings,
    network,
    loadBalancer,
    instancePort: INSTANCE_PORT,
    backends: filled.map(({ colour, fleet }) => ({
      name: colourName(NAME, colour),
      securityGroupId: fleet.securityGroupId,
    })),
    alarmNames: stopsRefreshes,
    tags,
  });
  const rules = createListenerRules(NAME, settings, loadBalancer, filled, proxies, tags);
  const emptied = colours.filter((plan) => !isFilled(plan)).map((plan) => createFleet(plan, rules));
  const fleets = [...filled, ...emptied];
  const live = fleets.find(({ isLive }) => isLive);
  if (live === undefined) throw new Error("No colour is live.");

  const { dashboardUrl, alarmNames } = watchStore(watched, balancerWatch, {
    loadBalancer,
    fleets,
    proxies,
    certificateArn,
    cdnCertificateArn,
    externalHealthCheckId: outputs.externalHealthCheckId,
    usEast1,
  });
  buildCalendar(NAME, settings, {
    calendar,
    groups: fleets.map(({ colour, isLive, fleet }) => ({
      name: fleet.autoScalingGroupName,
      isLive,
      suffix: colourName("", colour),
    })),
    loadBalancerArn: loadBalancer.loadBalancerArn,
    alarmNames,
    tags,
  });
  if (settings.statusFunction.enabled) {
    new StatusFunction(NAME, {
      title: settings.domainName,
      loadBalancer: loadBalancer.resource,
      listenerArn: loadBalancer.httpsListenerArn,
      loadBalancerArnSuffix: loadBalancer.arnSuffix,
      targetGroups: [
        ...filled.map(({ colour, targetGroupArn }) => ({ label: colour, arn: targetGroupArn })),
        ...(loadBalancer.proxyTargetGroup === undefined
          ? []
          : [{ label: "proxies", arn: loadBalancer.proxyTargetGroup.arn }]),
      ],
      reservedConcurrency: settings.statusFunction.reservedConcurrency,
      logRetentionDays: settings.statusFunction.logRetentionDays,
      tags,
    });
  }

  return {
    url: `https://${settings.domainName}`,
    loadBalancerDnsName: loadBalancer.dnsName,
    loadBalancerArn: loadBalancer.loadBalancerArn,
    targetGroupArn: live.targetGroupArn,
    autoScalingGroupName: live.fleet.autoScalingGroupName,
    vpcId: network.vpcId,
    certificateArn,
    statusUrl: settings.statusFunction.enabled ? `https://${settings.domainName}${STATUS_PATH}` : undefined,
    release: {
      bakeMinutes: settings.blueGreen.bakeMinutes,
      alarmNames: stopsRefreshes,
      colours: fleets.map(({ colour, isLive, weight, targetGroupArn, fleet }) => ({
        colour,
        isLive,
        weight,
        targetGroupArn,
        autoScalingGroupName: fleet.autoScalingGroupName,
      })),
    },
    ...outputs,
    ordersTableName: sampleStore?.ordersTable,
    dashboardUrl,
    deployFreezes: calendar.deployFreezes,
  };
}
