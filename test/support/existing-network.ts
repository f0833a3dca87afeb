/** A network of two zones that exists before the store. */
export const VPC = "vpc-0123456789abcdef0";

/** Ids of subnets. */
export const subnets = (kind: string, count = 2): string[] =>
  Array.from({ length: count }, (_, index) => `subnet-0123456789abc${kind}${index}`);

export const PRIVATE = subnets("aa0");
export const PUBLIC = subnets("bb0");
export const existing = { vpcId: VPC, privateSubnetIds: PRIVATE, publicSubnetIds: PUBLIC };
export const zones = ["eu-west-1a", "eu-west-1b"];
