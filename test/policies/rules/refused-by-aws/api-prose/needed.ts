import type { NEEDED } from "../../../../../policies/rules/refused-by-aws/api-prose/needed";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

const RANGE = "neither cidrBlock nor ipv4IpamPoolId is set; AWS requires at least one of them";
const TEMPLATE = "mixedInstancesPolicy.launchTemplate";
const TARGETS =
  "carrierGatewayId, coreNetworkArn, egressOnlyGatewayId, gatewayId, localGatewayId, natGatewayId, networkInterfaceId, " +
  "odbNetworkArn, transitGatewayId, vpcEndpointId and vpcPeeringConnectionId";
const METRICS = "neither customizedMetricSpecification nor predefinedMetricSpecification is set";

/** Refused inputs, by line of NEEDED. */
export const NEEDED_REFUSED: Readonly<Record<keyof typeof NEEDED, Refused>> = {
  "vpc-range": [
    [{}, RANGE],
    [{ cidrBlock: "", enableDnsSupport: true }, RANGE],
    [{ cidrBlock: "10.0.0.0/16", ipv4IpamPoolId: "ipam-pool-0123456789abcdef0" }],
  ],
  "subnet-range": [
    [
      {},
      "none of cidrBlock, ipv4IpamPoolId, ipv6CidrBlock and ipv6IpamPoolId is set; AWS requires at least one of them",
    ],
    [{ ipv6CidrBlock: "2001:db8::/64", ipv6Native: true }],
  ],
  "network-acl-range": [
    [{ ruleNumber: 100 }, "neither cidrBlock nor ipv6CidrBlock is set; AWS requires one of them"],
    [
      { cidrBlock: "10.0.0.0/16", ipv6CidrBlock: "::/0" },
      "cidrBlock and ipv6CidrBlock are both set; AWS allows only one of them",
    ],
  ],
  "network-acl-ranges": [
    [
      { ingress: [{ ruleNo: 100, cidrBlock: "::/0" }, { ruleNo: 110 }], egress: UNKNOWN },
      "neither cidrBlock nor ipv6CidrBlock is set in ingress[1]; AWS requires at least one of them",
    ],
    [{ egress: [{ ruleNo: 100, ipv6CidrBlock: "::/0" }] }],
  ],
  "rule-source": [
    [
      { type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, self: false, cidrBlocks: [] },
      "none of cidrBlocks, ipv6CidrBlocks, prefixListIds, self and sourceSecurityGroupId is set; AWS requires at least one of them",
    ],
    [{ type: "ingress", self: true }],
    [{ type: "egress", prefixListIds: ["pl-0a1b2c3d"], ipv6CidrBlocks: ["::/0"] }],
    [{ type: "ingress", cidrBlocks: UNKNOWN }],
  ],
  "single-rule-source": [
    [
      { ipProtocol: "-1" },
      "none of cidrIpv4, cidrIpv6, prefixListId and referencedSecurityGroupId is set; AWS requires one of them",
    ],
    [
      { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8", cidrIpv6: "2001:db8::/32" },
      "cidrIpv4 and cidrIpv6 are both set; AWS allows only one of them",
    ],
  ],
  route: [
    [
      { routeTableId: "rtb-0a1b2c3d", destinationCidrBlock: "0.0.0.0/0" },
      `none of ${TARGETS} is set; AWS requires one of them`,
    ],
    [
      { gatewayId: "igw-0a1b2c3d", natGatewayId: "nat-0a1b2c3d" },
      "none of destinationCidrBlock, destinationIpv6CidrBlock and destinationPrefixListId is set; AWS requires one of them",
      "gatewayId and natGatewayId are both set; AWS allows only one of them",
    ],
    [{ destinationPrefixListId: UNKNOWN, transitGatewayId: UNKNOWN }],
    [{ destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-0a1b2c3d" }],
  ],
  routes: [
    [
      { routes: [{ cidrBlock: "0.0.0.0/0" }] },
      `none of ${TARGETS} is set in routes[0]; AWS requires one of them`,
    ],
    [
      {
        routes: [
          { cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN, natGatewayId: "" },
          { ipv6CidrBlock: "::/0", egressOnlyGatewayId: UNKNOWN },
          { destinationPrefixListId: "pl-0a1b2c3d", vpcEndpointId: "vpce-0a1b2c3d" },
        ],
      },
    ],
  ],
  "route-table-association": [
    [{ routeTableId: UNKNOWN }, "neither gatewayId nor subnetId is set; AWS requires one of them"],
    [{ gatewayId: UNKNOWN }],
  ],
  "address-association": [
    [
      { allocationId: UNKNOWN },
      "neither instanceId nor networkInterfaceId is set; AWS requires at least one of them",
    ],
    [{ instanceId: UNKNOWN }, "neither allocationId nor publicIp is set; AWS requires at least one of them"],
    [{ publicIp: "192.0.2.1", networkInterfaceId: UNKNOWN, privateIpAddress: "10.0.0.9" }],
  ],
  "flow-log-destination": [
    [
      { vpcId: UNKNOWN },
      "logDestination is not set; AWS requires it",
      'iamRoleArn is not set; AWS requires it if logDestinationType is "cloud-watch-logs", the default',
    ],
    [{ logDestinationType: "s3", logDestination: UNKNOWN }],
  ],
  "volume-size": [
    [{ type: "gp3" }, "neither size nor snapshotId is set; AWS requires at least one of them"],
    [{ snapshotId: "snap-0a1b2c3d", size: 20 }],
  ],
  "instance-machine": [
    [
      { instanceType: "m8g.large" },
      "neither ami nor launchTemplate is set; AWS requires at least one of them",
    ],
    [{ launchTemplate: { id: "lt-0a1b2c3d" } }],
  ],
  "group-places": [
    [
      { minSize: 1, maxSize: 2, vpcZoneIdentifiers: [] },
      "neither availabilityZones nor vpcZoneIdentifiers is set; AWS requires at least one of them",
    ],
    [{ availabilityZones: ["eu-west-1a"] }],
    [{ vpcZoneIdentifiers: UNKNOWN }],
  ],
  "alarm-metric": [
    [
      { metricQueries: [], threshold: 1 },
      "none of metricName, metricQueries and evaluationCriteria is set; AWS requires one of them",
    ],
    [
      {
        metricName: "Latency",
        statistic: "Average",
        metricQueries: [{ id: "a", expression: "1" }],
        threshold: 1,
      },
      "metricName and metricQueries are both set; AWS allows only one of them",
    ],
  ],
  "alarm-queries": [
    [
      { metricQueries: [{ id: "a", expression: "1" }, { id: "b" }] },
      "neither expression nor metric is set in metricQueries[1]; AWS requires one of them",
    ],
  ],
  "group-template": [
    [
      { launchTemplate: { version: "1" } },
      "neither id nor name is set in launchTemplate; AWS requires one of them",
    ],
    [
      { launchTemplate: { id: "lt-1", name: "web" } },
      "id and name are both set in launchTemplate; AWS allows only one of them",
    ],
    [
      { mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: {}, overrides: [{}] } } },
      `neither launchTemplateId nor launchTemplateName is set in ${TEMPLATE}.launchTemplateSpecification; AWS requires one of them`,
    ],
    [
      {
        mixedInstancesPolicy: {
          launchTemplate: {
            launchTemplateSpecification: { launchTemplateName: "web" },
            overrides: [{ launchTemplateSpecification: { version: "1" } }],
          },
        },
      },
      `neither launchTemplateId nor launchTemplateName is set in ${TEMPLATE}.overrides[0].launchTemplateSpecification; AWS requires one of them`,
    ],
  ],
  "instance-template": [
    [
      { launchTemplate: { version: "1" } },
      "neither id nor name is set in launchTemplate; AWS requires one of them",
    ],
  ],
  "fleet-template": [
    [
      { launchTemplateConfigs: [{ launchTemplateSpecification: { version: "1" } }] },
      "neither launchTemplateId nor launchTemplateName is set in launchTemplateConfigs[0].launchTemplateSpecification; AWS requires one of them",
    ],
  ],
  "spot-fleet-template": [
    [
      { launchTemplateConfigs: [{ launchTemplateSpecification: { version: "1" } }] },
      "neither id nor name is set in launchTemplateConfigs[0].launchTemplateSpecification; AWS requires one of them",
    ],
  ],
  "tracked-metric": [
    [
      { policyType: "TargetTrackingScaling", targetTrackingConfiguration: { targetValue: 50 } },
      `${METRICS} in targetTrackingConfiguration; AWS requires one of them`,
    ],
  ],
  "service-tracked-metric": [
    [
      { policyType: "TargetTrackingScaling", targetTrackingScalingPolicyConfiguration: { targetValue: 50 } },
      `${METRICS} in targetTrackingScalingPolicyConfiguration; AWS requires one of them`,
    ],
  ],
  "scaling-policy": [
    [{ adjustmentType: "ExactCapacity", scalingAdjustment: 0 }],
    [
      {},
      'adjustmentType is not set; AWS requires it if policyType is "SimpleScaling", the default',
      'scalingAdjustment is not set; AWS requires it if policyType is "SimpleScaling", the default',
    ],
    [
      { policyType: "StepScaling", adjustmentType: "ChangeInCapacity", stepAdjustments: [] },
      'stepAdjustments is not set; AWS requires it if policyType is "StepScaling"',
    ],
    [
      { policyType: "PredictiveScaling" },
      'predictiveScalingConfiguration is not set; AWS requires it if policyType is "PredictiveScaling"',
    ],
    [
      { policyType: "TargetTrackingScaling" },
      'targetTrackingConfiguration is not set; AWS requires it if policyType is "TargetTrackingScaling"',
    ],
    [{ policyType: UNKNOWN }],
    [{ policyType: "TargetTrackingScaling", targetTrackingConfiguration: UNKNOWN }],
  ],
  "service-scaling-policy": [
    [
      { policyType: "" },
      'stepScalingPolicyConfiguration is not set; AWS requires it if policyType is "StepScaling", the default',
    ],
    [
      { policyType: "TargetTrackingScaling" },
      'targetTrackingScalingPolicyConfiguration is not set; AWS requires it if policyType is "TargetTrackingScaling"',
    ],
  ],
  "public-nat-gateway": [
    [
      { subnetId: "subnet-0a1b2c3d" },
      'allocationId is not set; AWS requires it if connectivityType is "public", the default',
    ],
    [{ subnetId: "subnet-0a1b2c3d", connectivityType: "private", allocationId: "" }],
    [{ vpcId: "vpc-0a1b2c3d", availabilityMode: "regional" }],
    [{ subnetId: "subnet-0a1b2c3d", availabilityMode: UNKNOWN }],
  ],
  "tracked-requests": [
    [
      {
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: "ALBRequestCountPerTarget" },
          targetValue: 50,
        },
      },
      'targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel is not set; AWS requires it if predefinedMetricType is "ALBRequestCountPerTarget"',
    ],
    [
      {
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          predefinedMetricSpecification: {
            predefinedMetricType: "ALBRequestCountPerTarget",
            resourceLabel: UNKNOWN,
          },
          targetValue: 50,
        },
      },
    ],
  ],
};
