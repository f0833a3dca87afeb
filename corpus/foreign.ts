/** Resources of packages that are not installed here, and of old type names for which the SDK has no classes. */
import * as pulumi from "@pulumi/pulumi";

/** A resource with any type token and inputs, as its package's SDK would register it. */
export class Foreign extends pulumi.CustomResource {
  /** Its ARN, where it has one. */
  declare readonly arn: pulumi.Output<string>;

  constructor(type: string, name: string, args: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
    super(type, name, { arn: undefined, ...args }, options);
  }
}
