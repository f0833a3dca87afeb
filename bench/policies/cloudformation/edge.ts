import type { Value, Values } from "../../../packages/rehearse/values";
import { at, isObject, listOf, type Mappings, rename, without } from "./mapping";

function distribution({ tags, ...inputs }: Values): Values {
  const { origins, orderedCacheBehaviors, loggingConfig, isIpv6Enabled, viewerCertificate } = inputs;
  const config = without(
    inputs,
    "origins",
    "orderedCacheBehaviors",
    "loggingConfig",
    "isIpv6Enabled",
    "waitForDeployment",
    "retainOnDelete",
  );
  return {
    DistributionConfig: {
      ...config,
      Origins: listOf(origins).map((origin) =>
        isObject(origin) ? rename(origin, { originId: "Id" }) : origin,
      ),
      ...(orderedCacheBehaviors === undefined ? {} : { CacheBehaviors: orderedCacheBehaviors }),
      ...(loggingConfig === undefined ? {} : { Logging: loggingConfig }),
      ...(isIpv6Enabled === undefined ? {} : { IPV6Enabled: isIpv6Enabled }),
      ...(viewerCertificate === undefined ? {} : { viewerCertificate }),
    },
    ...(tags === undefined ? {} : { tags }),
  };
}

/** Lists without the `items` that CloudFront's API puts around them. */
function plain(value: Value): Value {
  if (!isObject(value)) return value;
  const { items } = value;
  if (Array.isArray(items)) return items;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function record({ aliases, zoneId = null, ttl, records, ...rest }: Values): Values {
  const [alias] = listOf(aliases);
  return {
    ...without(rest, "allowOverwrite", "setIdentifier"),
    HostedZoneId: zoneId,
    ...(isObject(alias) ? { AliasTarget: rename(alias, { name: "DNSName", zoneId: "HostedZoneId" }) } : {}),
    ...(ttl === undefined ? {} : { TTL: ttl }),
    ...(records === undefined ? {} : { ResourceRecords: records }),
  };
}

/** A VPC without a Region is in the provider's Region. */
function zone({ name = null, comment, vpcs, tags }: Values): Values {
  return {
    Name: name,
    ...(comment === undefined ? {} : { HostedZoneConfig: { Comment: comment } }),
    ...(vpcs === undefined
      ? {}
      : {
          VPCs: listOf(vpcs).map((vpc) =>
            isObject(vpc) ? { vpcRegion: { Ref: "AWS::Region" }, ...vpc } : vpc,
          ),
        }),
    ...(tags === undefined ? {} : { HostedZoneTags: tags }),
  };
}

function healthCheck({ tags, cloudwatchAlarmName, cloudwatchAlarmRegion = null, ...inputs }: Values): Values {
  return {
    HealthCheckConfig: {
      ...rename(without(inputs, "disabled", "referenceName", "triggers"), {
        fqdn: "FullyQualifiedDomainName",
        invertHealthcheck: "Inverted",
        childHealthThreshold: "HealthThreshold",
      }),
      ...(cloudwatchAlarmName === undefined
        ? {}
        : { AlarmIdentifier: { Name: cloudwatchAlarmName, Region: cloudwatchAlarmRegion } }),
    },
    ...(tags === undefined ? {} : { HealthCheckTags: tags }),
  };
}

/** Types of CloudFront and Route 53. */
export const edge: Mappings = {
  "aws:cloudfront/distribution:Distribution": {
    type: "AWS::CloudFront::Distribution",
    outputs: { id: "Ref", domainName: "DomainName" },
    shape: distribution,
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    type: "AWS::CloudFront::OriginAccessControl",
    outputs: { id: "Id" },
    shape: ({ name, ...inputs }, _, resource) => ({
      OriginAccessControlConfig: { Name: name ?? resource, ...inputs },
    }),
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    type: "AWS::CloudFront::ResponseHeadersPolicy",
    outputs: { id: "Id" },
    shape: ({ name, ...inputs }, _, resource) => ({
      ResponseHeadersPolicyConfig: { Name: name ?? resource, ...inputs },
    }),
  },
  "aws:cloudfront/vpcOrigin:VpcOrigin": {
    type: "AWS::CloudFront::VpcOrigin",
    outputs: { id: "Id" },
    shape: ({ vpcOriginEndpointConfig: given }) => {
      const config = isObject(given) ? given : {};
      return {
        VpcOriginEndpointConfig: {
          ...without(config, "originSslProtocols"),
          OriginSSLProtocols: at(config, "originSslProtocols", "items") ?? [],
        },
      };
    },
  },
  "aws:cloudfront/cachePolicy:CachePolicy": {
    type: "AWS::CloudFront::CachePolicy",
    outputs: { id: "Id" },
    shape: ({ name, ...inputs }, _, resource) => ({
      CachePolicyConfig: { Name: name ?? resource, ...(plain(inputs) as Values) },
    }),
  },
  // No outputs: a domain name that a program sets is also in its certificates and records.
  "aws:route53/record:Record": { type: "AWS::Route53::RecordSet", outputs: {}, shape: record },
  "aws:route53/zone:Zone": {
    type: "AWS::Route53::HostedZone",
    outputs: { id: "Id", zoneId: "Id" },
    shape: zone,
  },
  "aws:route53/healthCheck:HealthCheck": {
    type: "AWS::Route53::HealthCheck",
    outputs: { id: "HealthCheckId" },
    shape: healthCheck,
  },
};
