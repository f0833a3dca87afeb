import {
  AUTO_SCALING_GROUP,
  DISTRIBUTION,
  EC2_FLEET,
  INSTANCE,
  METRIC_ALARM,
  NODE_GROUP,
  SPOT_FLEET,
  SUBNET,
  VPC,
  VPC_RANGE,
} from "../../../resources";
import { read } from "../../../read";
import { text } from "../known";
import { isSet, readEach } from "./line";
import type { Line } from "./line";
import { NAT_GATEWAY, NETWORK_ACL_RULE, SCALING_POLICY, SERVICE_SCALING_POLICY } from "./types";

const EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const SCALING = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";
const SERVICE_SCALING = "https://docs.aws.amazon.com/autoscaling/application/APIReference";
const CLOUDFRONT = "https://docs.aws.amazon.com/cloudfront/latest/APIReference";

/** Of how many properties AWS takes a value. */
type Wanted = "one" | "one at least";

/**
 * Properties of which AWS needs one.
 *
 * @param path where they are, as {@link readEach} takes it; "" for the resource itself
 */
function needs(wanted: Wanted, names: readonly string[], path = ""): Line["faults"] {
  const listed = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return (props) =>
    (path === ""
      ? [{ label: "", reading: { kind: "known", value: props } as const }]
      : readEach(props, path)
    ).map(({ label, reading }) => {
      if (reading.kind !== "known") return undefined;
      const given = names.filter((name) => isSet(reading.value, name));
      const where = label === "" ? "" : ` in ${label}`;
      if (given.length === 0)
        return `${listed} are ${names.length > 2 ? "all" : "both"} left out${where}; AWS takes ${wanted} of them`;
      return given.length > 1 && wanted === "one"
        ? `${given.join(" and ")} are ${given.length > 2 ? "all" : "both"} set${where}; AWS takes one of them`
        : undefined;
    });
}

/**
 * What a property's word brings with it.
 *
 * @param unsaid the word where it is left out
 * @param needed by word, the properties without which AWS doesn't take it
 */
function needsFor(
  property: string,
  unsaid: string,
  needed: Readonly<Record<string, readonly string[]>>,
): Line["faults"] {
  return (props) => {
    const word = isSet(props, property) ? text(read(props, [property])) : unsaid;
    return (needed[word ?? ""] ?? []).map((name) =>
      isSet(props, name)
        ? undefined
        : `${name} is left out; AWS needs it where ${property} is "${word}"${word === unsaid ? ", which it is unless it is set" : ""}`,
    );
  };
}

const LONG_TEMPLATE = ["launchTemplateId", "launchTemplateName"];

const METRICS = ["customizedMetricSpecification", "predefinedMetricSpecification"];

const CACHING = ["cachePolicyId", "forwardedValues"];

/** What can be said in several ways, one of which AWS needs. */
export const NEEDED = {
  "vpc-range": {
    types: [...VPC, ...VPC_RANGE],
    faults: needs("one at least", ["cidrBlock", "ipv4IpamPoolId"]),
    example: { cidrBlock: "10.0.0.0/16" },
    source: `${EC2}/API_CreateVpc.html`,
  },
  "subnet-range": {
    types: SUBNET,
    faults: needs("one at least", ["cidrBlock", "ipv4IpamPoolId", "ipv6CidrBlock", "ipv6IpamPoolId"]),
    example: { cidrBlock: "10.0.1.0/24" },
    source: `${EC2}/API_CreateSubnet.html`,
  },
  "network-acl-range": {
    types: NETWORK_ACL_RULE,
    faults: needs("one", ["cidrBlock", "ipv6CidrBlock"]),
    example: { cidrBlock: "10.0.0.0/16" },
    source:
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-networkaclentry.html",
  },
  "alarm-metric": {
    types: METRIC_ALARM,
    faults: needs("one", ["metricName", "metricQueries", "evaluationCriteria"]),
    example: { metricName: "UnHealthyHostCount", statistic: "Maximum" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
  },
  "alarm-queries": {
    types: METRIC_ALARM,
    faults: needs("one", ["expression", "metric"], "metricQueries.*"),
    example: { metricQueries: [{ id: "share", expression: "m1 / m2" }] },
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html",
  },
  "group-template": {
    types: AUTO_SCALING_GROUP,
    faults: (props) => [
      ...needs("one", ["id", "name"], "launchTemplate")(props),
      ...[
        "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification",
        "mixedInstancesPolicy.launchTemplate.overrides.*.launchTemplateSpecification",
      ].flatMap((path) => needs("one", LONG_TEMPLATE, path)(props)),
    ],
    example: { launchTemplate: { id: "lt-0123456789abcdef0" } },
    source: `${SCALING}/API_LaunchTemplateSpecification.html`,
  },
  "instance-template": {
    types: [...NODE_GROUP, ...INSTANCE],
    faults: needs("one", ["id", "name"], "launchTemplate"),
    example: { launchTemplate: { id: "lt-0123456789abcdef0", version: "7" } },
    source: `${EC2}/API_LaunchTemplateSpecification.html`,
  },
  "fleet-template": {
    types: EC2_FLEET,
    faults: needs("one", LONG_TEMPLATE, "launchTemplateConfigs.*.launchTemplateSpecification"),
    example: {
      launchTemplateConfigs: [
        { launchTemplateSpecification: { launchTemplateId: "lt-0123456789abcdef0", version: "7" } },
      ],
    },
    source: `${EC2}/API_FleetLaunchTemplateSpecificationRequest.html`,
  },
  "spot-fleet-template": {
    types: SPOT_FLEET,
    faults: needs("one", ["id", "name"], "launchTemplateConfigs.*.launchTemplateSpecification"),
    example: {
      launchTemplateConfigs: [{ launchTemplateSpecification: { id: "lt-0123456789abcdef0", version: "7" } }],
    },
    source: `${EC2}/API_FleetLaunchTemplateSpecification.html`,
  },
  "tracked-metric": {
    types: SCALING_POLICY,
    faults: needs("one", METRICS, "targetTrackingConfiguration"),
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
    faults: needs("one", METRICS, "targetTrackingScalingPolicyConfiguration"),
    example: {
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: 50,
      },
    },
    source: `${SERVICE_SCALING}/API_TargetTrackingScalingPolicyConfiguration.html`,
  },
  "scaling-policy": {
    types: SCALING_POLICY,
    faults: needsFor("policyType", "SimpleScaling", {
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
    faults: needsFor("policyType", "StepScaling", {
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
    // A regional one has an address in each zone.
    faults: (props) =>
      isSet(props, "availabilityMode") && text(read(props, ["availabilityMode"])) !== "zonal"
        ? []
        : needsFor("connectivityType", "public", { public: ["allocationId"] })(props),
    example: { allocationId: "eipalloc-0123456789abcdef0", subnetId: "subnet-0123456789abcdef0" },
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html",
  },
  "cache-policy": {
    types: DISTRIBUTION,
    faults: (props) =>
      ["defaultCacheBehavior", "orderedCacheBehaviors.*"].flatMap((path) =>
        needs("one", CACHING, path)(props),
      ),
    example: { defaultCacheBehavior: { cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" } },
    source: `${CLOUDFRONT}/API_DefaultCacheBehavior.html`,
  },
} satisfies Readonly<Record<string, Line>>;
