import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where a stack lives in AWS: what ARNs are made of. Known in a preview already. */
export interface AwsScope {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: pulumi.Output<string>;
  /** Twelve digits. */
  readonly accountId: pulumi.Output<string>;
  /** AWS Region. */
  readonly region: pulumi.Output<string>;
}

/** The partition, account and Region that `parent`'s AWS provider works in. */
export function awsScope(parent: pulumi.Resource): AwsScope {
  return {
    partition: aws.getPartitionOutput({}, { parent }).partition,
    accountId: aws.getCallerIdentityOutput({}, { parent }).accountId,
    region: aws.getRegionOutput({}, { parent }).region,
  };
}
