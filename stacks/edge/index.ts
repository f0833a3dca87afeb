import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { createAliasRecords, type AliasTarget } from "../../components/edge/alias-records";
import { Cdn } from "../../components/edge/cdn";
import { Certificate } from "../../components/certificate/certificate";
import { ExternalHealthCheck } from "../../components/edge/external-health-check";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { NetworkIds } from "../../components/network/network";
import { PrivateZones } from "../../components/network/private-zones";
import { WebAcl } from "../../components/edge/web-acl";
import { certificateArgs, type StoreCertificate } from "../certificate";
import type { Context } from "../context";
import { type DnsRecord, type HostedZone, leadingRecords, tellRecords, validatingRecords } from "../dns";
import type { Settings } from "../settings/schema";
import { providedBy, usEast1Provider } from "../us-east-1";

/** The resources that the edge needs. */
interface EdgeContext extends Context {
  readonly network: NetworkIds;
  readonly zone: HostedZone | undefined;
  readonly certificate: StoreCertificate;
  readonly loadBalancer: LoadBalancer;
}

/** Outputs of the edge; undefined where a setting is off. */
export interface Edge {
  /** Id of the CloudFront distribution. */
  readonly distributionId: pulumi.Output<string> | undefined;
  /** The distribution's DNS name. */
  readonly distributionDnsName: pulumi.Output<string> | undefined;
  /** ARN of CloudFront's certificate, if it differs from the load balancer's. */
  readonly cdnCertificateArn: pulumi.Input<string> | undefined;
  /** ARN of the web ACL. */
  readonly webAclArn: pulumi.Output<string> | undefined;
  /** Id of the Route 53 health check; its metric is in us-east-1. */
  readonly externalHealthCheckId: pulumi.Output<string> | undefined;
  /** The records that you must create; undefined if the stack creates them. */
  readonly dnsRecords: readonly pulumi.Output<DnsRecord>[] | undefined;
  /** The AWS provider for us-east-1; undefined if the stack is in that Region or has no resources there. */
  readonly usEast1: aws.Provider | undefined;
}

/** What is in front of the load balancer: CloudFront, AWS WAF, and the DNS records. */
export function build(settings: Settings, context: EdgeContext): Edge {
  const { name, tags, loadBalancer, certificate } = context;
  const isWatchedOutside = settings.alarms.enabled && settings.externalHealthCheck.enabled;
  const usEast1 =
    settings.cdn.enabled || isWatchedOutside ? usEast1Provider(name, settings.region) : undefined;
  const webAcl = settings.waf.enabled ? createWebAcl(settings, context, usEast1) : undefined;
  const cdnCertificateArn = settings.cdn.enabled
    ? createCdnCertificate(settings, context, usEast1)
    : undefined;
  const cdn = settings.cdn.enabled
    ? createCdn(settings, context, cdnCertificateArn ?? certificate.certificateArn, webAcl, usEast1)
    : undefined;
  const dnsRecords = createNames(settings, context, cdn);
  const { enabled, ...check } = settings.externalHealthCheck;
  const healthCheck = enabled
    ? new ExternalHealthCheck(name, {
        ...check,
        domainName: settings.domainName,
        path: settings.healthCheck.path,
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
    dnsRecords,
    usEast1,
  };
}

/**
 * CloudFront's web ACL is in us-east-1 and has another name, because a web ACL cannot move to another Region or scope.
 */
function createWebAcl(
  settings: Settings,
  { name, tags }: EdgeContext,
  usEast1: aws.Provider | undefined,
): WebAcl {
  const { enabled: _, ...options } = settings.waf;
  return settings.cdn.enabled
    ? new WebAcl(
        `${name}-cdn`,
        {
          ...options,
          scope: "CLOUDFRONT",
          allowedRanges: settings.allowedRanges,
          allowHealthCheckers: settings.externalHealthCheck.enabled,
          tags,
        },
        providedBy(usEast1),
      )
    : new WebAcl(name, {
        ...options,
        scope: "REGIONAL",
        // The load balancer's security group already restricts the sources.
        allowedRanges: [],
        allowHealthCheckers: false,
        tags,
      });
}

function createCdn(
  settings: Settings,
  { name, tags, loadBalancer, network }: EdgeContext,
  certificateArn: pulumi.Input<string>,
  webAcl: WebAcl | undefined,
  usEast1?: aws.Provider,
): Cdn {
  const { cdn } = settings;
  const isAllowList = cdn.allowedCountries.length > 0;
  return new Cdn(name, {
    domainNames: domainNamesOf(settings),
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
    originIdleTimeoutSeconds: settings.loadBalancer.idleTimeoutSeconds,
    originReadTimeoutSeconds: cdn.originReadTimeoutSeconds,
    staticPaths: cdn.staticPaths,
    staticSeconds: cdn.staticSeconds,
    priceClass: cdn.priceClass,
    tlsPolicy: cdn.tlsPolicy,
    countries: isAllowList
      ? { list: "allowed", codes: cdn.allowedCountries }
      : { list: "blocked", codes: cdn.blockedCountries },
    securityHeaders: settings.securityHeaders,
    webAclArn: webAcl?.arn,
    logBucketArn: loadBalancer.logBucketArn,
    usEast1,
    tags,
  });
}

/**
 * CloudFront's certificate. A stack in us-east-1 uses the load balancer's. Others need another one, for the same names
 * and validated by the same records.
 *
 * @returns its ARN; undefined for the load balancer's
 */
function createCdnCertificate(
  settings: Settings,
  { name, tags, zone, certificate: { own } }: EdgeContext,
  usEast1: aws.Provider | undefined,
): pulumi.Input<string> | undefined {
  if (settings.cdn.certificateArn !== undefined) return settings.cdn.certificateArn;
  if (usEast1 === undefined || own === undefined) return undefined;
  return new Certificate(
    `${name}-cdn`,
    { ...certificateArgs(settings, zone), sharedRecordFqdns: own.recordFqdns, tags },
    providedBy(usEast1),
  ).certificateArn;
}

/** @returns the records that you must create, if any */
function createNames(
  settings: Settings,
  { name, tags, loadBalancer, network, zone, certificate }: EdgeContext,
  cdn: Cdn | undefined,
): readonly pulumi.Output<DnsRecord>[] | undefined {
  const domainNames = domainNamesOf(settings);
  const privateZones = settings.internal.enabled
    ? new PrivateZones(name, { domainNames, vpcId: network.vpcId, tags })
    : undefined;
  const target: AliasTarget =
    cdn === undefined
      ? { dnsName: loadBalancer.dnsName, hostedZoneId: loadBalancer.hostedZoneId, evaluateTargetHealth: true }
      : { dnsName: cdn.dnsName, hostedZoneId: cdn.hostedZoneId, evaluateTargetHealth: false };
  createAliasRecords(
    name,
    {
      domainNames,
      hostedZone: (domainName) => {
        const id = privateZones?.zoneIds[domainName];
        return id === undefined ? zone : { id };
      },
      ipv6: cdn !== undefined || (settings.network.ipv6 && !settings.internal.enabled),
      target,
    },
    loadBalancer,
  );
  if (zone !== undefined) return undefined;
  const { own, withOwnRecords } = certificate;
  const records = [
    ...withOwnRecords.flatMap(validatingRecords),
    ...(privateZones === undefined ? leadingRecords(domainNames, target) : []),
  ];
  tellRecords(records, own === undefined ? undefined : settings.certificate.validationMinutes);
  return records;
}

/** The store's names, including wildcards. */
function domainNamesOf({
  domainName,
  certificate: { subjectAlternativeNames },
}: Settings): readonly string[] {
  return [domainName, ...subjectAlternativeNames];
}
