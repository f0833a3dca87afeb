import {
  AUTO_SCALING_GROUP,
  EC2_FLEET,
  ELASTIC_IP_ASSOCIATION,
  FLOW_LOG,
  INGRESS_RULE,
  INSTANCE,
  METRIC_ALARM,
  NODE_GROUP,
  SECURITY_GROUP_RULE,
  SPOT_FLEET,
  SUBNET,
  VPC,
  VPC_RANGE,
} from "../../../resources";
import { read } from "../../../read";
import { readEach } from "../../../read-each";
import { text } from "../known";
import { isSet } from "./line";
import type { Line } from "./line";
import { needs, needsAll, needsFor } from "./needs";
import {
  EGRESS_RULE,
  NAT_GATEWAY,
  NETWORK_ACL,
  NETWORK_ACL_RULE,
  ROUTE,
  ROUTE_TABLE,
  ROUTE_TABLE_ASSOCIATION,
  SCALING_POLICY,
  SERVICE_SCALING_POLICY,
  VOLUME,
} from "./types";

const EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const CLOUDFORMATION = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide";
const SCALING = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";
const SERVICE_SCALING = "https://docs.aws.amazon.com/autoscaling/application/APIReference";

const LONG_TEMPLATE = ["launchTemplateId", "launchTemplateName"];

const METRICS = ["customizedMetricSpecification", "predefinedMetricSpecification"];

/** The targets of a route. */
const TARGETS = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

const ACL_RANGE = ["cidrBlock", "ipv6CidrBlock"];

/** Alternative properties, one of which AWS requires. */
export const NEEDED = {
  "vpc-range": {
    types: [...VPC, ...VPC_RANGE],
    problems: needs("at least one", ["cidrBlock", "ipv4IpamPoolId"]),
    example: { cidrBlock: "10.0.0.0/16" },
    source: `${EC2}/API_CreateVpc.html`,
  },
  "subnet-range": {
    types: SUBNET,
    problems: needs("at least one", ["cidrBlock", "ipv4IpamPoolId", "ipv6CidrBlock", "ipv6IpamPoolId"]),
    example: { cidrBlock: "10.0.1.0/24" },
    source: `${EC2}/API_CreateSubnet.html`,
  },
  "network-acl-range": {
    types: NETWORK_ACL_RULE,
    problems: needs("one", ACL_RANGE),
    example: { cidrBlock: "10.0.0.0/16" },
    source: `${CLOUDFORMATION}/aws-resource-ec2-networkaclentry.html`,
  },
  "network-acl-ranges": {
    types: NETWORK_ACL,
    problems: (props) =>
      ["ingress.*", "egress.*"].flatMap((path) => needs("at least one", ACL_RANGE, path)(props)),
    example: {
      ingress: [
        {
          ruleNo: 100,
          action: "allow",
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlock: "10.0.0.0/16",
        },
      ],
    },
    source: `${CLOUDFORMATION}/aws-resource-ec2-networkaclentry.html`,
  },
  "rule-source": {
    types: SECURITY_GROUP_RULE,
    problems: needs("at least one", [
      "cidrBlocks",
      "ipv6CidrBlocks",
      "prefixListIds",
      "self",
      "sourceSecurityGroupId",
    ]),
    example: { type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] },
    source: `${EC2}/API_IpPermission.html`,
  },
  "single-rule-source": {
    types: [...INGRESS_RULE, ...EGRESS_RULE],
    problems: needs("one", ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]),
    example: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" },
    source: `${EC2}/API_IpPermission.html`,
  },
  route: {
    types: ROUTE,
    problems: (props) => [
      ...needs("one", ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"])(props),
      ...needs("one", TARGETS)(props),
    ],
    example: { destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-0123456789abcdef0" },
    source: `${EC2}/API_CreateRoute.html`,
  },
  routes: {
    types: ROUTE_TABLE,
    problems: (props) => [
      ...needs("one", ["cidrBlock", "destinationPrefixListId", "ipv6CidrBlock"], "routes.*")(props),
      ...needs("one", TARGETS, "routes.*")(props),
    ],
    example: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0123456789abcdef0" }] },
    source: `${EC2}/API_CreateRoute.html`,
  },
  "route-table-association": {
    types: ROUTE_TABLE_ASSOCIATION,
    problems: needs("one", ["gatewayId", "subnetId"]),
    example: { subnetId: "subnet-0123456789abcdef0" },
    source: `${EC2}/API_AssociateRouteTable.html`,
  },
  "address-association": {
    types: ELASTIC_IP_ASSOCIATION,
    problems: (props) => [
      ...needs("at least one", ["allocationId", "publicIp"])(props),
      ...needs("at least one", ["instanceId", "networkInterfaceId"])(props),
    ],
    example: { allocationId: "eipalloc-0123456789abcdef0", instanceId: "i-0123456789abcdef0" },
    source: `${EC2}/API_AssociateAddress.html`,
  },
  "flow-log-destination": {
    types: FLOW_LOG,
    problems: (props) => [
      ...needsAll(["logDestination"])(props),
      ...needsFor("logDestinationType", "cloud-watch-logs", { "cloud-watch-logs": ["iamRoleArn"] })(props),
    ],
    example: { logDestinationType: "s3", logDestination: "arn:aws:s3:::store-flow-logs" },
    source: `${EC2}/API_CreateFlowLogs.html`,
  },
  "volume-size": {
    types: VOLUME,
    problems: needs("at least one", ["size", "snapshotId"]),
    example: { size: 100 },
    source: `${EC2}/API_CreateVolume.html`,
  },
  "instance-machine": {
    types: INSTANCE,
    problems: (props) =>
      ["ami", "instanceType"].flatMap((name) => needs("at least one", [name, "launchTemplate"])(props)),
    example: { ami: "ami-0123456789abcdef0", instanceType: "m8g.large" },
    source: `${EC2}/API_RunInstances.html`,
  },
  "group-places": {
    types: AUTO_SCALING_GROUP,
    problems: needs("at least one", ["availabilityZones", "vpcZoneIdentifiers"]),
    example: { vpcZoneIdentifiers: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
    source: `${CLOUDFORMATION}/aws-resource-autoscaling-autoscalinggroup.html`,
  },
  "alarm-metric": {
    types: METRIC_ALARM,
    problems: needs("one", ["metricName", "metricQueries", "evaluationCriteria"]),
    example: { metricName: "UnHealthyHostCount", statistic: "Maximum", threshold: 1 },
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
  },
  "alarm-queries": {
    types: METRIC_ALARM,
    problems: needs("one", ["expression", "metric"], "metricQueries.*"),
    example: { metricQueries: [{ id: "share", expression: "m1 / m2" }], threshold: 1 },
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html",
  },
  "group-template": {
    types: AUTO_SCALING_GROUP,
    problems: (props) => [
      ...needs("one", ["id", "name"], "launchTemplate")(props),
      ...[
        "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification",
        "mixedInstancesPolicy.launchTemplate.overrides.*.launchTemplateSpecification",
      ].flatMap((path) => needs("one", LONG_TEMPLATE, path)(props)),
    ],
    example: {
      launchTemplate: { id: "lt-0123456789abcdef0" },
      vpcZoneIdentifiers: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    },
    source: `${SCALING}/API_LaunchTemplateSpecification.html`,
  },
  "instance-template": {
    types: [...NODE_GROUP, ...INSTANCE],
    problems: needs("one", ["id", "name"], "launchTemplate"),
    example: { launchTemplate: { id: "lt-0123456789abcdef0", version: "7" } },
    source: `${EC2}/API_LaunchTemplateSpecification.html`,
  },
  "fleet-template": {
    types: EC2_FLEET,
    problems: needs("one", LONG_TEMPLATE, "launchTemplateConfigs.*.launchTemplateSpecification"),
    example: {
      launchTemplateConfigs: [
        { launchTemplateSpecification: { launchTemplateId: "lt-0123456789abcdef0", version: "7" } },
      ],
    },
    source: `${EC2}/API_FleetLaunchTemplateSpecificationRequest.html`,
  },
  "spot-fleet-template": {
    types: SPOT_FLEET,
    problems: needs("one", ["id", "name"], "launchTemplateConfigs.*.launchTemplateSpecification"),
    example: {
      launchTemplateConfigs: [{ launchTemplateSpecification: { id: "lt-0123456789abcdef0", version: "7" } }],
    },
    source: `${EC2}/API_FleetLaunchTemplateSpecification.html`,
  },
  "tracked-metric": {
    types: SCALING_POLICY,
    problems: needs("one", METRICS, "targetTrackingConfiguration"),
    example: {
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: 50,
      },
    },
    source: `${SCALING}/API_TargetTrackingConfiguration.html`,
  },
  "service-tracked-metric": {
    types: SERVICE_SCALING_POLICY,
    problems: needs("one", METRICS, "targetTrackingScalingPolicyConfiguration"),
    example: {
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: 50,
      },
    },
    source: `${SERVICE_SCALING}/API_TargetTrackingScalingPolicyConfiguration.html`,
  },
  "tracked-requests": {
    types: [...SCALING_POLICY, ...SERVICE_SCALING_POLICY],
    problems: (props) =>
      ["targetTrackingConfiguration", "targetTrackingScalingPolicyConfiguration"].flatMap((path) =>
        readEach(props, `${path}.predefinedMetricSpecification`).map(({ label, reading }) =>
          reading.kind === "known" &&
          text(read(reading.value, ["predefinedMetricType"])) === "ALBRequestCountPerTarget" &&
          !isSet(reading.value, "resourceLabel")
            ? `${label}.resourceLabel is not set; AWS requires it if predefinedMetricType is "ALBRequestCountPerTarget"`
            : undefined,
        ),
      ),
    example: {
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: 50,
      },
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: 50,
      },
    },
    source: `${SCALING}/API_PredefinedMetricSpecification.html`,
  },
  "scaling-policy": {
    types: SCALING_POLICY,
    problems: needsFor("policyType", "SimpleScaling", {
      SimpleScaling: ["adjustmentType", "scalingAdjustment"],
      StepScaling: ["adjustmentType", "stepAdjustments"],
      TargetTrackingScaling: ["targetTrackingConfiguration"],
      PredictiveScaling: ["predictiveScalingConfiguration"],
    }),
    example: { policyType: "SimpleScaling", adjustmentType: "ChangeInCapacity", scalingAdjustment: 2 },
    source: `${SCALING}/API_PutScalingPolicy.html`,
  },
  "service-scaling-policy": {
    types: SERVICE_SCALING_POLICY,
    problems: needsFor("policyType", "StepScaling", {
      StepScaling: ["stepScalingPolicyConfiguration"],
      TargetTrackingScaling: ["targetTrackingScalingPolicyConfiguration"],
    }),
    example: {
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 2 }],
      },
    },
    source: `${SERVICE_SCALING}/API_PutScalingPolicy.html`,
  },
  "public-nat-gateway": {
    types: NAT_GATEWAY,
    // A regional NAT gateway has an address in each zone.
    problems: (props) =>
      isSet(props, "availabilityMode") && text(read(props, ["availabilityMode"])) !== "zonal"
        ? []
        : needsFor("connectivityType", "public", { public: ["allocationId"] })(props),
    example: { allocationId: "eipalloc-0123456789abcdef0", subnetId: "subnet-0123456789abcdef0" },
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html",
  },
} satisfies Readonly<Record<string, Line>>;
