import { DEFAULT_NETWORK } from "../../resources";
import { resourceRule, violations } from "../../rule";

const FIX =
  'new awsx.ec2.Vpc("store", { cidrBlock: "10.0.0.0/16", … }), with private subnets for the instances';

/** The default VPC and its subnets, whatever their inputs: taking them over is what is wrong. */
export const defaultVpc = resourceRule({
  id: "default-vpc",
  area: "exposure",
  title: "Nothing is built on the default VPC",
  severity: "medium",
  level: "resource",
  description:
    "Programs build on a VPC of their own, not on the account's default VPC or its subnets. " +
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
  types: DEFAULT_NETWORK,
  judge: () => violations(["It takes over a part of the default VPC; use a VPC of your own"], FIX),
});
