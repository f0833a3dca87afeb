import { isList, read, readList } from "../../read";
import {
  AUTO_SCALING_GROUP,
  CLASSIC_LOAD_BALANCER,
  DEFAULT_NETWORK,
  INSTANCE,
  isOf,
  SECURITY_GROUP,
} from "../../resources";
import { resourceRule, violations } from "../../rule";
import type { Subject } from "../../rule";

const FIX =
  'new awsx.ec2.Vpc("store", { cidrBlock: "10.0.0.0/16", … }), with private subnets for the instances';

/**
 * Types that AWS places in the default VPC if the input `by` is not set. `elsewhere` are inputs that may name a network
 * instead.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html (SubnetId),
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html (VpcId),
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html (AvailabilityZones)
 */
const PLACED: readonly {
  readonly types: readonly string[];
  readonly by: string;
  readonly elsewhere: readonly string[];
}[] = [
  {
    types: INSTANCE,
    by: "subnetId",
    elsewhere: ["networkInterfaces", "primaryNetworkInterface", "launchTemplate"],
  },
  { types: SECURITY_GROUP, by: "vpcId", elsewhere: [] },
  { types: AUTO_SCALING_GROUP, by: "vpcZoneIdentifiers", elsewhere: [] },
  { types: CLASSIC_LOAD_BALANCER, by: "subnets", elsewhere: [] },
];

/** The default VPC and its subnets, if adopted, and resources that AWS places there because they name no network. */
export const defaultVpc = resourceRule({
  id: "default-vpc",
  area: "exposure",
  title: "Nothing uses the default VPC",
  severity: "medium",
  level: "resource",
  // public-instances-stack refuses the harmful case: an open security group in a subnet that assigns public addresses.
  enforcementLevel: "advisory",
  description:
    "Programs use their own VPC, not the account's default VPC or its subnets. " +
    "All subnets of the default VPC are public and give every instance a public address.",
  remedy: `Use a VPC of your own: ${FIX}.`,
  references: [
    {
      label: "SEC05-BP01",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_create_layers.html",
    },
    {
      label: "Default VPC",
      url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",
    },
  ],
  types: [...DEFAULT_NETWORK, ...PLACED.flatMap(({ types }) => types)],
  judge(resource) {
    if (isOf(DEFAULT_NETWORK, resource)) {
      return violations(["It adopts a part of the default VPC; use a VPC of your own"], FIX);
    }
    const place = PLACED.find(({ types }) => isOf(types, resource));
    if (place === undefined || [place.by, ...place.elsewhere].some((property) => says(resource, property))) {
      return [];
    }
    const text = `${place.by} is not set, which means the account's default VPC; it must name ${
      place.by === "vpcId" ? "a VPC" : "subnets of a VPC"
    } of your own`;
    return violations([text], FIX);
  },
});

function says({ props }: Subject, property: string): boolean {
  const list = readList(props, [property]);
  if (isList(list)) return list.some(({ kind }) => kind !== "absent");
  const reading = read(props, [property]);
  return reading.kind !== "absent" && !(reading.kind === "known" && reading.value === "");
}
