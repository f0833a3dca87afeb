import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { createAliasRecords, type AliasTarget } from "../components/edge/alias-records";
import { Cdn } from "../components/edge/cdn";
import { Certificate } from "../components/certificate/certificate";
import { ExternalHealthCheck } from "../components/edge/external-health-check";
import {
  anywhere,
  cloudFrontServers,
  type IngressSource,
  privateRanges,
} from "../components/load-balancer/ingress";
import type { LoadBalancer, LoadBalancerArgs } from "../components/load-balancer/load-balancer";
import type { Tags } from "../components/naming";
import type { Network } from "../components/network/network";
import { PrivateZones } from "../components/network/private-zones";
import type { SecurityHeaders } from "../components/load-balancer/security-headers";
import { WebAcl } from "../components/edge/web-acl";
import type { Settings } from "./definitions";
import { providedBy } from "./us-east-1";

/** Where the load balancer is, and who reaches it. */
export type Exposure = Pick<
  LoadBalancerArgs,
  "internal" | "subnetIds" | "ipv6" | "ingress" | "cloudFrontLogs"
>;

/** What the settings make of the load balancer. */
export function exposureOf(settings: Settings, network: Network): Exposure {
  const { cdn, internal } = settings;
  const isPrivate = internal.enabled || (cdn.enabled && cdn.origin === "vpc");
  return {
    internal: isPrivate,
    subnetIds: isPrivate ? network.privateSubnetIds : network.publicSubnetIds,
    // By IPv6 nobody comes to a private one: CloudFront has IPv4 addresses in the VPC, and so has the VPN.
    ipv6: settings.ipv6 && !isPrivate,
    ingress: ingressOf(settings),
    cloudFrontLogs: cdn.enabled,
  };
}

function ingressOf({ cdn, internal, vpcCidr, ipv6 }: Settings): readonly IngressSource[] {
  if (internal.enabled) {
    return privateRanges([vpcCidr, ...internal.sourceRanges.filter((range) => range !== vpcCidr)]);
  }
  // CloudFront's way into the VPC brings its own rule.
  if (cdn.enabled && cdn.origin === "vpc") return [];
  if (cdn.enabled && cdn.origin === "public") return cloudFrontServers();
  return anywhere(ipv6);
}

/** What {@link buildEdge} builds on. */
export interface EdgeArgs {
  readonly settings: Settings;
  /** The store's names, wildcards included. */
  readonly domainNames: readonly string[];
  /** Id of the public hosted zone. */
  readonly hostedZoneId: pulumi.Input<string>;
  readonly network: Network;
  readonly loadBalancer: LoadBalancer;
  /** The certificate that the stack made for the load balancer; undefined if it has one of the user's. */
  readonly certificate: Certificate | undefined;
  /** ARN of the load balancer's certificate. */
  readonly certificateArn: pulumi.Input<string>;
  readonly securityHeaders: SecurityHeaders;
  /** The AWS provider for us-east-1; undefined if that is the stack's own Region, or nothing is there. */
  readonly usEast1: aws.Provider | undefined;
  readonly tags: Tags;
}

/** What the edge tells: undefined where a setting is off. */
export interface Edge {
  /** Id of the CloudFront distribution. */
  readonly distributionId: pulumi.Output<string> | undefined;
  /** The distribution's own DNS name. */
  readonly distributionDnsName: pulumi.Output<string> | undefined;
  /** ARN of CloudFront's certificate, if it isn't the load balancer's, too. */
  readonly cdnCertificateArn: pulumi.Input<string> | undefined;
  /** ARN of the web ACL. */
  readonly webAclArn: pulumi.Output<string> | undefined;
  /** Id of Route 53's health check; its metric is in us-east-1. */
  readonly externalHealthCheckId: pulumi.Output<string> | undefined;
}

/** What stands between the world and the load balancer: CloudFront, AWS WAF, and the names that lead there. */
export function buildEdge(name: string, args: EdgeArgs): Edge {
  const { settings, loadBalancer, usEast1, tags } = args;
  const webAcl = settings.waf.enabled ? createWebAcl(name, args, usEast1) : undefined;
  const cdnCertificateArn = settings.cdn.enabled ? createCdnCertificate(name, args, usEast1) : undefined;
  const cdn = settings.cdn.enabled
    ? createCdn(name, args, cdnCertificateArn ?? args.certificateArn, webAcl, usEast1)
    : undefined;
  createNames(name, args, cdn);
  const { enabled, ...check } = settings.externalHealthCheck;
  const healthCheck = enabled
    ? new ExternalHealthCheck(name, {
        ...check,
        domainName: settings.domainName,
        path: settings.healthCheckPath,
        tags,
      })
    : undefined;
  if (webAcl !== undefined && cdn === undefined) {
    new aws.wafv2.WebAclAssociation(
      `${name}-web-acl`,
      { resourceArn: loadBalancer.loadBalancerArn, webAclArn: webAcl.arn },
      { parent: webAcl },
    );
  }
  return {
    distributionId: cdn?.distributionId,
    distributionDnsName: cdn?.dnsName,
    cdnCertificateArn,
    webAclArn: webAcl?.arn,
    externalHealthCheckId: healthCheck?.healthCheckId,
  };
}

/** In front of CloudFront it lies in us-east-1, under another name: no change moves one web ACL to the other place. */
function createWebAcl(name: string, { settings, tags }: EdgeArgs, usEast1: aws.Provider | undefined): WebAcl {
  const { enabled: _, ...options } = settings.waf;
  return settings.cdn.enabled
    ? new WebAcl(`${name}-cdn`, { ...options, scope: "CLOUDFRONT", tags }, providedBy(usEast1))
    : new WebAcl(name, { ...options, scope: "REGIONAL", tags });
}

function createCdn(
  name: string,
  args: EdgeArgs,
  certificateArn: pulumi.Input<string>,
  webAcl: WebAcl | undefined,
  usEast1?: aws.Provider,
): Cdn {
  const { settings, loadBalancer, network, tags } = args;
  const { cdn } = settings;
  const isAllowList = cdn.allowedCountries.length > 0;
  return new Cdn(name, {
    domainNames: args.domainNames,
    certificateArn,
    originDnsName: loadBalancer.dnsName,
    privateOrigin:
      cdn.origin === "vpc"
        ? {
            loadBalancerArn: loadBalancer.loadBalancerArn,
            securityGroupId: loadBalancer.securityGroupId,
            vpcId: network.vpcId,
          }
        : undefined,
    originIdleTimeoutSeconds: settings.idleTimeoutSeconds,
    originReadTimeoutSeconds: cdn.originReadTimeoutSeconds,
    staticPaths: cdn.staticPaths,
    staticSeconds: cdn.staticSeconds,
    priceClass: cdn.priceClass,
    tlsPolicy: cdn.tlsPolicy,
    countries: isAllowList
      ? { list: "allowed", codes: cdn.allowedCountries }
      : { list: "blocked", codes: cdn.blockedCountries },
    securityHeaders: args.securityHeaders,
    webAclArn: webAcl?.arn,
    logBucketArn: loadBalancer.logBucketArn,
    usEast1,
    tags,
  });
}

/**
 * In us-east-1 the load balancer's will do. Elsewhere another one, for the same names and by the same records.
 *
 * @returns its ARN, or undefined for the load balancer's
 */
function createCdnCertificate(
  name: string,
  { settings, certificate, hostedZoneId, tags }: EdgeArgs,
  usEast1: aws.Provider | undefined,
): pulumi.Input<string> | undefined {
  if (settings.cdn.certificateArn !== "") return settings.cdn.certificateArn;
  if (usEast1 === undefined || certificate === undefined) return undefined;
  return new Certificate(
    `${name}-cdn`,
    {
      domainName: settings.domainName,
      subjectAlternativeNames: settings.subjectAlternativeNames,
      hostedZoneName: settings.hostedZoneName,
      hostedZoneId,
      keyAlgorithm: settings.certificateKeyAlgorithm,
      validationMinutes: settings.certificateValidationMinutes,
      sharedRecordFqdns: certificate.recordFqdns,
      tags,
    },
    providedBy(usEast1),
  ).certificateArn;
}

function createNames(name: string, args: EdgeArgs, cdn: Cdn | undefined): void {
  const { settings, domainNames, loadBalancer, network, tags } = args;
  const zones = settings.internal.enabled
    ? new PrivateZones(name, { domainNames, vpcId: network.vpcId, tags })
    : undefined;
  const target: AliasTarget =
    cdn === undefined
      ? {
          dnsName: loadBalancer.dnsName,
          hostedZoneId: loadBalancer.hostedZoneId,
          evaluateTargetHealth: true,
        }
      : { dnsName: cdn.dnsName, hostedZoneId: cdn.hostedZoneId, evaluateTargetHealth: false };
  createAliasRecords(
    name,
    {
      domainNames,
      hostedZoneId: (domainName) => zones?.zoneIds[domainName] ?? args.hostedZoneId,
      ipv6: cdn !== undefined || (settings.ipv6 && !settings.internal.enabled),
      target,
    },
    loadBalancer,
  );
}
