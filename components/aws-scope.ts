import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The partition, account and Region of a stack, from which ARNs are built. Known at preview. */
export interface AwsScope {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: pulumi.Output<string>;
  /** Account id, twelve digits. */
  readonly accountId: pulumi.Output<string>;
  /** AWS Region. */
  readonly region: pulumi.Output<string>;
}

/** The partition, account and Region of `parent`'s AWS provider. */
export function awsScope(parent: pulumi.Resource): AwsScope {
  return {
    partition: aws.getPartitionOutput({}, { parent }).partition,
    accountId: aws.getCallerIdentityOutput({}, { parent }).accountId,
    region: aws.getRegionOutput({}, { parent }).region,
  };
}
