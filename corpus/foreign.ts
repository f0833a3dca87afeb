/** Resources of packages that aren't installed here, and of old names that the SDK no longer has classes for. */
import * as pulumi from "@pulumi/pulumi";

/** A resource with whatever type token and inputs, as the SDK of its package would register it. */
export class Foreign extends pulumi.CustomResource {
  /** Its ARN, where it has one. */
  declare readonly arn: pulumi.Output<string>;

  constructor(type: string, name: string, args: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
    super(type, name, { arn: undefined, ...args }, options);
  }
}
