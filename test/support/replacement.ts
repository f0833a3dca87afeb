/**
 * Finds the effect of a change on an existing stack, from two rehearsed graphs of the stack and from the inputs that
 * make Pulumi's AWS provider replace a resource.
 *
 * Sources: the schemas (`ForceNew`, `RequiresReplace`, `CustomizeDiff`) of hashicorp/terraform-provider-aws,
 * `internal/service`, which Pulumi's AWS provider bridges; for `region`, `internal/provider` there.
 */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Value } from "../../packages/rehearse/values";
import type { Graph } from "./rehearse";

/**
 * By type: the provider's source file, and the inputs whose change replaces the resource. `region` does so for every
 * type that has it, and is left out.
 */
export const FORCES_REPLACEMENT: Readonly<
  Record<string, { readonly source: string; readonly inputs: readonly string[] }>
> = {
  "aws:acm/certificate:Certificate": {
    source: "acm/certificate.go",
    inputs: [
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
    ],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    source: "acm/certificate_validation.go",
    inputs: ["certificateArn", "validationRecordFqdns"],
  },
  "aws:autoscaling/group:Group": {
    source: "autoscaling/group.go",
    inputs: ["initialLifecycleHooks", "name", "namePrefix"],
  },
  "aws:autoscaling/lifecycleHook:LifecycleHook": {
    source: "autoscaling/lifecycle_hook.go",
    inputs: ["autoscalingGroupName", "name"],
  },
  "aws:autoscaling/policy:Policy": {
    source: "autoscaling/policy.go",
    inputs: ["autoscalingGroupName", "name"],
  },
  "aws:cloudfront/cachePolicy:CachePolicy": { source: "cloudfront/cache_policy.go", inputs: [] },
  "aws:cloudfront/distribution:Distribution": { source: "cloudfront/distribution.go", inputs: ["staging"] },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    source: "cloudfront/response_headers_policy.go",
    inputs: [],
  },
  "aws:cloudfront/vpcOrigin:VpcOrigin": { source: "cloudfront/vpc_origin.go", inputs: [] },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    source: "logs/delivery.go",
    inputs: ["deliveryDestinationArn", "deliverySourceName"],
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    source: "logs/delivery_destination.go",
    inputs: ["deliveryDestinationType", "name"],
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    source: "logs/delivery_source.go",
    inputs: ["logType", "name", "resourceArn"],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    source: "logs/group.go",
    inputs: ["logGroupClass", "name", "namePrefix"],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    source: "ec2/vpc_default_security_group.go",
    inputs: ["vpcId"],
  },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": {
    source: "ec2/vpc_egress_only_internet_gateway.go",
    inputs: ["vpcId"],
  },
  "aws:ec2/eip:Eip": {
    source: "ec2/ec2_eip.go",
    inputs: ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
  },
  "aws:ec2/flowLog:FlowLog": {
    source: "ec2/vpc_flow_log.go",
    inputs: [
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "regionalNatGatewayId",
      "subnetId",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
    ],
  },
  // A change of vpcId moves the gateway in place.
  "aws:ec2/internetGateway:InternetGateway": { source: "ec2/vpc_internet_gateway.go", inputs: [] },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    source: "ec2/ec2_launch_template.go",
    inputs: ["name", "namePrefix"],
  },
  "aws:ec2/natGateway:NatGateway": {
    source: "ec2/vpc_nat_gateway.go",
    inputs: [
      "allocationId",
      "availabilityMode",
      "connectivityType",
      "privateIp",
      "secondaryPrivateIpAddressCount",
      "subnetId",
      "vpcId",
    ],
  },
  "aws:ec2/route:Route": {
    source: "ec2/vpc_route.go",
    inputs: ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"],
  },
  "aws:ec2/routeTable:RouteTable": { source: "ec2/vpc_route_table.go", inputs: ["vpcId"] },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    source: "ec2/vpc_route_table_association.go",
    inputs: ["gatewayId", "subnetId"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    source: "ec2/vpc_security_group.go",
    inputs: ["description", "name", "namePrefix", "vpcId"],
  },
  "aws:ec2/subnet:Subnet": {
    source: "ec2/vpc_subnet.go",
    inputs: [
      "availabilityZone",
      "availabilityZoneId",
      "cidrBlock",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6Native",
      "ipv6NetmaskLength",
      "outpostArn",
      "vpcId",
    ],
  },
  // Also instanceTenancy, except from dedicated to default.
  "aws:ec2/vpc:Vpc": {
    source: "ec2/vpc_.go",
    inputs: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  },
  // Also privateDnsEnabled, for types other than Interface.
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    source: "ec2/vpc_endpoint.go",
    inputs: [
      "resourceConfigurationArn",
      "serviceName",
      "serviceNetworkArn",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
    ],
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    source: "iam/instance_profile.go",
    inputs: ["name", "namePrefix", "path"],
  },
  "aws:iam/role:Role": { source: "iam/role.go", inputs: ["name", "namePrefix", "path"] },
  "aws:iam/rolePolicy:RolePolicy": { source: "iam/role_policy.go", inputs: ["name", "namePrefix", "role"] },
  "aws:lb/listener:Listener": { source: "elbv2/listener.go", inputs: ["loadBalancerArn"] },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    source: "elbv2/listener_certificate.go",
    inputs: ["certificateArn", "listenerArn"],
  },
  "aws:lb/listenerRule:ListenerRule": { source: "elbv2/listener_rule.go", inputs: ["listenerArn"] },
  // An Application Load Balancer changes subnets and securityGroups in place; a Network Load Balancer doesn't.
  "aws:lb/loadBalancer:LoadBalancer": {
    source: "elbv2/load_balancer.go",
    inputs: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix", "subnetMappings"],
  },
  "aws:lb/targetGroup:TargetGroup": {
    source: "elbv2/target_group.go",
    inputs: [
      "ipAddressType",
      "name",
      "namePrefix",
      "port",
      "protocol",
      "protocolVersion",
      "targetControlPort",
      "targetType",
      "vpcId",
    ],
  },
  "aws:route53/healthCheck:HealthCheck": {
    source: "route53/health_check.go",
    inputs: ["measureLatency", "referenceName", "requestInterval", "routingControlArn", "type"],
  },
  "aws:route53/record:Record": { source: "route53/record.go", inputs: ["name", "zoneId"] },
  "aws:route53/zone:Zone": { source: "route53/zone.go", inputs: ["delegationSetId", "name"] },
  "aws:s3/bucket:Bucket": {
    source: "s3/bucket.go",
    inputs: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    source: "s3/bucket_lifecycle_configuration.go",
    inputs: ["bucket", "expectedBucketOwner"],
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    source: "s3/bucket_ownership_controls.go",
    inputs: ["bucket"],
  },
  "aws:s3/bucketPolicy:BucketPolicy": { source: "s3/bucket_policy.go", inputs: ["bucket"] },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    source: "s3/bucket_public_access_block.go",
    inputs: ["bucket"],
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    source: "s3/bucket_server_side_encryption_configuration.go",
    inputs: ["bucket", "expectedBucketOwner"],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    source: "ec2/vpc_security_group_egress_rule.go",
    inputs: ["securityGroupId"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    source: "ec2/vpc_security_group_ingress_rule.go",
    inputs: ["securityGroupId"],
  },
  "aws:wafv2/ipSet:IpSet": {
    source: "wafv2/ip_set.go",
    inputs: ["ipAddressVersion", "name", "namePrefix", "scope"],
  },
  "aws:wafv2/webAcl:WebAcl": { source: "wafv2/web_acl.go", inputs: ["name", "namePrefix", "scope"] },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    source: "wafv2/web_acl_association.go",
    inputs: ["resourceArn", "webAclArn"],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    source: "wafv2/web_acl_logging_configuration.go",
    inputs: ["logDestinationConfigs", "resourceArn"],
  },
};

/** A resource that is updated or replaced, and the inputs that cause it. */
export interface Change {
  readonly resource: JsonResource;
  /** The inputs that change; for a replaced resource, those that force the replacement. */
  readonly inputs: readonly string[];
}

/** The effect of a change on a stack's AWS resources. */
export interface Changes {
  readonly created: readonly JsonResource[];
  readonly deleted: readonly JsonResource[];
  readonly updated: readonly Change[];
  readonly replaced: readonly Change[];
}

/**
 * The changes from one graph to the other.
 *
 * A rehearsal derives ids from URNs, so a replaced resource keeps its id, and values that are derived from the id do
 * not change. Therefore each change is followed to the inputs that were computed from it.
 *
 * @param before - the current stack, rehearsed in mode `up`
 * @param after - the same stack, under the same name, with other settings
 * @throws AssertionError for a type without a line in {@link FORCES_REPLACEMENT}
 */
export function changesBetween(before: Graph, after: Graph): Changes {
  const was = awsResources(before);
  const is = awsResources(after);
  const inputsOf = new Map<string, Set<string>>();
  for (const [urn, resource] of is) {
    const old = was.get(urn);
    if (old !== undefined) inputsOf.set(urn, new Set(changedInputs(old, resource)));
  }
  const isNew = (urn: string): boolean => {
    const resource = is.get(urn);
    return resource !== undefined && forcing(resource, inputsOf.get(urn)).length > 0;
  };

  for (let found = true; found;) {
    found = false;
    for (const [urn, inputs] of inputsOf) {
      const resource = is.get(urn) as JsonResource;
      if (!inputs.has(REPLACED_WITH) && resource.replaceWith?.some(isNew)) {
        inputs.add(REPLACED_WITH);
        found = true;
      }
      for (const [input, sources] of Object.entries(resource.propertyDependencies)) {
        if (inputs.has(input)) continue;
        const isDerived = sources.some((source) => {
          const from = is.get(source);
          const changed = inputsOf.get(source);
          return from && changed && passesOn(from, changed, isNew(source), resource.inputs[input]);
        });
        if (isDerived) {
          inputs.add(input);
          found = true;
        }
      }
    }
  }

  const changes = [...inputsOf]
    .filter(([, inputs]) => inputs.size > 0)
    .map(([urn, inputs]) => ({ resource: is.get(urn) as JsonResource, inputs }));
  return {
    created: [...is.values()].filter(({ urn }) => !was.has(urn)),
    deleted: [...was.values()].filter(({ urn }) => !is.has(urn)),
    updated: changes
      .filter(({ resource }) => !isNew(resource.urn))
      .map(({ resource, inputs }) => ({ resource, inputs: [...inputs].sort() })),
    replaced: changes
      .filter(({ resource }) => isNew(resource.urn))
      .map(({ resource, inputs }) => ({ resource, inputs: forcing(resource, inputs) })),
  };
}

function awsResources(graph: Graph): Map<string, JsonResource> {
  const resources = graph.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
  return new Map(resources.map((resource) => [resource.urn, resource]));
}

/** `tagsAll` is the provider's copy of `tags`. */
function changedInputs(before: JsonResource, after: JsonResource): string[] {
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  names.delete("tagsAll");
  return [...names].filter((name) => !isDeepStrictEqual(before.inputs[name], after.inputs[name]));
}

/** Marks another resource's replacement among the changed inputs. */
const REPLACED_WITH = "replaceWith";

/** The changed inputs that force a replacement, by the provider's rules or the program's options. */
function forcing(
  { type, replaceOnChanges = [] }: JsonResource,
  changed: ReadonlySet<string> = new Set(),
): string[] {
  const entry = FORCES_REPLACEMENT[type];
  assert.ok(entry, `${type} has no line in FORCES_REPLACEMENT`);
  const forcing = new Set(["region", REPLACED_WITH, ...entry.inputs, ...replaceOnChanges]);
  return [...forcing].filter((input) => changed.has(input)).sort();
}

/**
 * The outputs that AWS generates for a new resource. Others stay: ACM validates a name with the same record for every
 * certificate (https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html), and a record's `fqdn` is its
 * name.
 */
const IDENTIFIERS = ["id", "arn", "arnSuffix", "dnsName", "name", "bucket"];

/** Whether a value that was computed from `source` changes with it. */
function passesOn(
  source: JsonResource,
  changed: ReadonlySet<string>,
  isReplaced: boolean,
  value: Value | undefined,
): boolean {
  // Each change of a launch template creates a new version: `latestVersion`.
  if (source.type === "aws:ec2/launchTemplate:LaunchTemplate" && changed.size > 0) return true;
  const text = JSON.stringify(value ?? null);
  const renewed = isReplaced ? IDENTIFIERS.map((output) => source.outputs[output]) : [];
  const handedOn = [...changed].map((input) => source.inputs[input]);
  return [...renewed, ...handedOn].some((part) => {
    if (typeof part !== "string" || part === "") return false;
    const quoted = JSON.stringify(part);
    // A word as short as "on" may be part of a name by chance.
    return text.includes(part.length < 4 ? quoted : quoted.slice(1, -1));
  });
}
