import { InstanceType } from "aws-cdk-lib/aws-ec2";

/** Set explicitly, so that synthesis needs no look-up in AWS. */
export const ENVIRONMENT = {
  env: { account: "123456789012", region: "eu-west-1" },
  hostedZone: { hostedZoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" },
};

/** The properties of prod that don't depend on the store's name. */
export const PROD = {
  ...ENVIRONMENT,
  availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  natGateways: 3,
  deletionProtection: true,
  instanceType: new InstanceType("m7g.large"),
  minSize: 3,
  maxSize: 12,
};
