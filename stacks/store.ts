import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { Certificate } from "../components/certificate";
import { colourName } from "../components/colours";
import { Fleet } from "../components/fleet";
import { LoadBalancer } from "../components/load-balancer";
import { stackTags } from "../components/naming";
import { Network } from "../components/network";
import { renderUserData } from "../components/user-data";
import type { Settings } from "./definitions";

/** What a deployed store tells the people and stacks that work with it. */
export interface StoreOutputs {
  /** Where customers find the store. */
  readonly url: string;
  /** The load balancer's own DNS name. */
  readonly loadBalancerDnsName: pulumi.Output<string>;
  /** The load balancer's ARN. */
  readonly loadBalancerArn: pulumi.Output<string>;
  /** ARN of the target group that the instances join. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** Name of the Auto Scaling group. */
  readonly autoScalingGroupName: pulumi.Output<string>;
  /** Id of the VPC. */
  readonly vpcId: pulumi.Output<string>;
  /** ARN of the validated certificate. */
  readonly certificateArn: pulumi.Output<string>;
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
  const tags = stackTags(pulumi.getProject(), pulumi.getStack());
  const hostedZone = aws.route53.getZoneOutput({ name: settings.hostedZoneName, privateZone: false });
  const names = [settings.domainName, ...settings.subjectAlternativeNames];

  const network = new Network(NAME, {
    cidrBlock: settings.vpcCidr,
    availabilityZones: settings.availabilityZones,
    natGateways: settings.natGateways,
    flowLogRetentionDays: settings.flowLogRetentionDays,
    tags,
  });

  const certificateArn =
    settings.certificateArn !== ""
      ? pulumi.output(settings.certificateArn)
      : new Certificate(NAME, {
          domainName: settings.domainName,
          subjectAlternativeNames: settings.subjectAlternativeNames,
          hostedZoneName: settings.hostedZoneName,
          hostedZoneId: hostedZone.zoneId,
          keyAlgorithm: settings.certificateKeyAlgorithm,
          validationMinutes: settings.certificateValidationMinutes,
          tags,
        }).certificateArn;

  const loadBalancer = new LoadBalancer(NAME, {
    vpcId: network.vpcId,
    publicSubnetIds: network.publicSubnetIds,
    certificateArn,
    domainNames: names.filter((name) => !name.startsWith("*.")),
    hostedZoneId: hostedZone.zoneId,
    tlsPolicy: settings.tlsPolicy,
    securityHeaders: {
      hstsMaxAgeSeconds: settings.hstsMaxAgeSeconds,
      hstsIncludeSubDomains: settings.hstsIncludeSubDomains,
      contentSecurityPolicy: settings.contentSecurityPolicy,
    },
    instancePort: INSTANCE_PORT,
    healthCheck: {
      path: settings.healthCheckPath,
      intervalSeconds: settings.healthCheckIntervalSeconds,
      timeoutSeconds: settings.healthCheckTimeoutSeconds,
      healthyThreshold: settings.healthyThreshold,
      unhealthyThreshold: settings.unhealthyThreshold,
    },
    deregistrationDelaySeconds: settings.deregistrationDelaySeconds,
    idleTimeoutSeconds: settings.idleTimeoutSeconds,
    accessLogRetentionDays: settings.accessLogRetentionDays,
    deletionProtection: settings.deletionProtection,
    tags,
  });

  const fleets = loadBalancer.targetGroups.map(({ colour, arn, arnSuffix }) => {
    const fleet = new Fleet(colourName(NAME, colour), {
      vpcId: network.vpcId,
      privateSubnetIds: network.privateSubnetIds,
      loadBalancerSecurityGroupId: loadBalancer.securityGroupId,
      targetGroupArn: arn,
      requestCountResourceLabel: pulumi.interpolate`${loadBalancer.arnSuffix}/${arnSuffix}`,
      instanceTypes: settings.instanceTypes,
      imageId: settings.imageId === "" ? undefined : settings.imageId,
      rootVolumeGib: settings.rootVolumeGib,
      detailedMonitoring: settings.detailedMonitoring,
      instancePort: INSTANCE_PORT,
      userData: renderUserData({
        title: settings.domainName,
        port: INSTANCE_PORT,
        healthCheckPath: settings.healthCheckPath,
        idleTimeoutSeconds: settings.idleTimeoutSeconds,
      }),
      minSize: settings.minSize,
      maxSize: settings.maxSize,
      bootSeconds: settings.bootSeconds,
      maxInstanceLifetimeDays: settings.maxInstanceLifetimeDays,
      cpuTargetPercent: settings.cpuTargetPercent,
      requestsPerTargetPerMinute: settings.requestsPerTargetPerMinute,
      tags,
    });
    return { colour, isLive: colour === "blue", targetGroupArn: arn, fleet };
  });
  const live = fleets.find(({ isLive }) => isLive);
  if (live === undefined) throw new Error("No colour is live.");

  return {
    url: `https://${settings.domainName}`,
    loadBalancerDnsName: loadBalancer.dnsName,
    loadBalancerArn: loadBalancer.loadBalancerArn,
    targetGroupArn: live.targetGroupArn,
    autoScalingGroupName: live.fleet.autoScalingGroupName,
    vpcId: network.vpcId,
    certificateArn,
  };
}
