import type { NEEDED } from "../../../../../policies/rules/refused-by-aws/api-prose/needed";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

const RANGE = "cidrBlock and ipv4IpamPoolId are both left out; AWS takes one at least of them";
const TEMPLATE = "mixedInstancesPolicy.launchTemplate";
const TARGETS =
  "carrierGatewayId, coreNetworkArn, egressOnlyGatewayId, gatewayId, localGatewayId, natGatewayId, networkInterfaceId, " +
  "odbNetworkArn, transitGatewayId, vpcEndpointId and vpcPeeringConnectionId";
const METRICS = "customizedMetricSpecification and predefinedMetricSpecification";

/** By line of NEEDED. */
export const NEEDED_REFUSED: Readonly<Record<keyof typeof NEEDED, Refused>> = {
  "vpc-range": [
    [{}, RANGE],
    [{ cidrBlock: "", enableDnsSupport: true }, RANGE],
    [{ cidrBlock: "10.0.0.0/16", ipv4IpamPoolId: "ipam-pool-0123456789abcdef0" }],
  ],
  "subnet-range": [
    [
      {},
      "cidrBlock, ipv4IpamPoolId, ipv6CidrBlock and ipv6IpamPoolId are all left out; AWS takes one at least of them",
    ],
    [{ ipv6CidrBlock: "2001:db8::/64", ipv6Native: true }],
  ],
  "network-acl-range": [
    [{ ruleNumber: 100 }, "cidrBlock and ipv6CidrBlock are both left out; AWS takes one of them"],
    [
      { cidrBlock: "10.0.0.0/16", ipv6CidrBlock: "::/0" },
      "cidrBlock and ipv6CidrBlock are both set; AWS takes one of them",
    ],
  ],
  "network-acl-ranges": [
    [
      { ingress: [{ ruleNo: 100, cidrBlock: "::/0" }, { ruleNo: 110 }], egress: UNKNOWN },
      "cidrBlock and ipv6CidrBlock are both left out in ingress[1]; AWS takes one at least of them",
    ],
    [{ egress: [{ ruleNo: 100, ipv6CidrBlock: "::/0" }] }],
  ],
  "rule-source": [
    [
      { type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, self: false, cidrBlocks: [] },
      "cidrBlocks, ipv6CidrBlocks, prefixListIds, self and sourceSecurityGroupId are all left out; AWS takes one at least of them",
    ],
    [{ type: "ingress", self: true }],
    [{ type: "egress", prefixListIds: ["pl-0a1b2c3d"], ipv6CidrBlocks: ["::/0"] }],
    [{ type: "ingress", cidrBlocks: UNKNOWN }],
  ],
  "single-rule-source": [
    [
      { ipProtocol: "-1" },
      "cidrIpv4, cidrIpv6, prefixListId and referencedSecurityGroupId are all left out; AWS takes one of them",
    ],
    [
      { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8", cidrIpv6: "2001:db8::/32" },
      "cidrIpv4 and cidrIpv6 are both set; AWS takes one of them",
    ],
  ],
  route: [
    [
      { routeTableId: "rtb-0a1b2c3d", destinationCidrBlock: "0.0.0.0/0" },
      `${TARGETS} are all left out; AWS takes one of them`,
    ],
    [
      { gatewayId: "igw-0a1b2c3d", natGatewayId: "nat-0a1b2c3d" },
      "destinationCidrBlock, destinationIpv6CidrBlock and destinationPrefixListId are all left out; AWS takes one of them",
      "gatewayId and natGatewayId are both set; AWS takes one of them",
    ],
    [{ destinationPrefixListId: UNKNOWN, transitGatewayId: UNKNOWN }],
    [{ destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-0a1b2c3d" }],
  ],
  routes: [
    [
      { routes: [{ cidrBlock: "0.0.0.0/0" }] },
      `${TARGETS} are all left out in routes[0]; AWS takes one of them`,
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
    [{ routeTableId: UNKNOWN }, "gatewayId and subnetId are both left out; AWS takes one of them"],
    [{ gatewayId: UNKNOWN }],
  ],
  "address-association": [
    [
      { allocationId: UNKNOWN },
      "instanceId and networkInterfaceId are both left out; AWS takes one at least of them",
    ],
    [{ instanceId: UNKNOWN }, "allocationId and publicIp are both left out; AWS takes one at least of them"],
    [{ publicIp: "192.0.2.1", networkInterfaceId: UNKNOWN, privateIpAddress: "10.0.0.9" }],
  ],
  "flow-log-destination": [
    [
      { vpcId: UNKNOWN },
      "logDestination is left out; AWS needs it",
      'iamRoleArn is left out; AWS needs it where logDestinationType is "cloud-watch-logs", which it is unless it is set',
    ],
    [{ logDestinationType: "s3", logDestination: UNKNOWN }],
  ],
  "volume-size": [
    [{ type: "gp3" }, "size and snapshotId are both left out; AWS takes one at least of them"],
    [{ snapshotId: "snap-0a1b2c3d", size: 20 }],
  ],
  "instance-machine": [
    [
      { instanceType: "m8g.large" },
      "ami and launchTemplate are both left out; AWS takes one at least of them",
    ],
    [{ launchTemplate: { id: "lt-0a1b2c3d" } }],
  ],
  "group-places": [
    [
      { minSize: 1, maxSize: 2, vpcZoneIdentifiers: [] },
      "availabilityZones and vpcZoneIdentifiers are both left out; AWS takes one at least of them",
    ],
    [{ availabilityZones: ["eu-west-1a"] }],
    [{ vpcZoneIdentifiers: UNKNOWN }],
  ],
  "alarm-metric": [
    [
      { metricQueries: [], threshold: 1 },
      "metricName, metricQueries and evaluationCriteria are all left out; AWS takes one of them",
    ],
    [
      {
        metricName: "Latency",
        statistic: "Average",
        metricQueries: [{ id: "a", expression: "1" }],
        threshold: 1,
      },
      "metricName and metricQueries are both set; AWS takes one of them",
    ],
  ],
  "alarm-queries": [
    [
      { metricQueries: [{ id: "a", expression: "1" }, { id: "b" }] },
      "expression and metric are both left out in metricQueries[1]; AWS takes one of them",
    ],
  ],
  "group-template": [
    [
      { launchTemplate: { version: "1" } },
      "id and name are both left out in launchTemplate; AWS takes one of them",
    ],
    [
      { launchTemplate: { id: "lt-1", name: "web" } },
      "id and name are both set in launchTemplate; AWS takes one of them",
    ],
    [
      { mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: {}, overrides: [{}] } } },
      `launchTemplateId and launchTemplateName are both left out in ${TEMPLATE}.launchTemplateSpecification; AWS takes one of them`,
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
      `launchTemplateId and launchTemplateName are both left out in ${TEMPLATE}.overrides[0].launchTemplateSpecification; AWS takes one of them`,
    ],
  ],
  "instance-template": [
    [
      { launchTemplate: { version: "1" } },
      "id and name are both left out in launchTemplate; AWS takes one of them",
    ],
  ],
  "fleet-template": [
    [
      { launchTemplateConfigs: [{ launchTemplateSpecification: { version: "1" } }] },
      "launchTemplateId and launchTemplateName are both left out in launchTemplateConfigs[0].launchTemplateSpecification; AWS takes one of them",
    ],
  ],
  "spot-fleet-template": [
    [
      { launchTemplateConfigs: [{ launchTemplateSpecification: { version: "1" } }] },
      "id and name are both left out in launchTemplateConfigs[0].launchTemplateSpecification; AWS takes one of them",
    ],
  ],
  "tracked-metric": [
    [
      { policyType: "TargetTrackingScaling", targetTrackingConfiguration: { targetValue: 50 } },
      `${METRICS} are both left out in targetTrackingConfiguration; AWS takes one of them`,
    ],
  ],
  "service-tracked-metric": [
    [
      { policyType: "TargetTrackingScaling", targetTrackingScalingPolicyConfiguration: { targetValue: 50 } },
      `${METRICS} are both left out in targetTrackingScalingPolicyConfiguration; AWS takes one of them`,
    ],
  ],
  "scaling-policy": [
    [{ adjustmentType: "ExactCapacity", scalingAdjustment: 0 }],
    [
      {},
      'adjustmentType is left out; AWS needs it where policyType is "SimpleScaling", which it is unless it is set',
      'scalingAdjustment is left out; AWS needs it where policyType is "SimpleScaling", which it is unless it is set',
    ],
    [
      { policyType: "StepScaling", adjustmentType: "ChangeInCapacity", stepAdjustments: [] },
      'stepAdjustments is left out; AWS needs it where policyType is "StepScaling"',
    ],
    [
      { policyType: "PredictiveScaling" },
      'predictiveScalingConfiguration is left out; AWS needs it where policyType is "PredictiveScaling"',
    ],
    [
      { policyType: "TargetTrackingScaling" },
      'targetTrackingConfiguration is left out; AWS needs it where policyType is "TargetTrackingScaling"',
    ],
    [{ policyType: UNKNOWN }],
    [{ policyType: "TargetTrackingScaling", targetTrackingConfiguration: UNKNOWN }],
  ],
  "service-scaling-policy": [
    [
      { policyType: "" },
      'stepScalingPolicyConfiguration is left out; AWS needs it where policyType is "StepScaling", which it is unless it is set',
    ],
    [
      { policyType: "TargetTrackingScaling" },
      'targetTrackingScalingPolicyConfiguration is left out; AWS needs it where policyType is "TargetTrackingScaling"',
    ],
  ],
  "public-nat-gateway": [
    [
      { subnetId: "subnet-0a1b2c3d" },
      'allocationId is left out; AWS needs it where connectivityType is "public", which it is unless it is set',
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
      'targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel is left out; AWS needs it where predefinedMetricType is "ALBRequestCountPerTarget"',
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
