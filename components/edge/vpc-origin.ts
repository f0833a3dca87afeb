import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** An internal load balancer that CloudFront reaches. */
export interface PrivateOrigin {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** Id of the load balancer's security group. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Id of the VPC. CloudFront requires that it has an internet gateway, but sends no traffic through it. */
  readonly vpcId: pulumi.Input<string>;
}

/**
 * How long CloudFront may take to deploy or delete a VPC origin. AWS documents up to 15 minutes, which is
 * also the provider's default time-out, but users have seen it take longer
 * (https://github.com/terraform-aws-modules/terraform-aws-cloudfront/issues/163); an origin whose creation
 * timed out is not in the state and must be deleted by hand.
 *
 * An input instead of the option `customTimeouts`: for this resource the provider uses only the input
 * (https://github.com/pulumi/pulumi-terraform-bridge/issues/827).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
const TIMEOUTS = { create: "45m", update: "45m", delete: "45m" } as const;

/** The security group that CloudFront creates in a VPC with the first VPC origin and uses for all of them. */
const SERVICE_SECURITY_GROUP = "CloudFront-VPCOrigins-Service-SG";

/**
 * Creates a VPC origin for an internal load balancer, and the security group rule that admits CloudFront
 * only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
export function createVpcOrigin(
  name: string,
  { loadBalancerArn, securityGroupId, vpcId }: PrivateOrigin,
  tags: Tags,
  parent: pulumi.Resource,
): { readonly vpcOriginId: pulumi.Output<string> } {
  const vpcOrigin = new aws.cloudfront.VpcOrigin(
    `${name}-load-balancer`,
    {
      vpcOriginEndpointConfig: {
        arn: loadBalancerArn,
        // The load balancer's name, which is unique: `…:loadbalancer/app/<name>/<id>`.
        name: pulumi.output(loadBalancerArn).apply((arn) => arn.split("/")[2] ?? name),
        originProtocolPolicy: "https-only",
        originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        httpPort: 80,
        httpsPort: 443,
      },
      timeouts: TIMEOUTS,
      tags: named(tags, `${name}-load-balancer`),
    },
    // CloudFront can't change a VPC origin that a distribution uses, so it is replaced.
    // https://github.com/hashicorp/terraform-provider-aws/issues/40905
    { parent, replaceOnChanges: ["vpcOriginEndpointConfig"] },
  );
  const serviceGroup = aws.ec2.getSecurityGroupOutput(
    { name: SERVICE_SECURITY_GROUP, vpcId },
    { parent, dependsOn: [vpcOrigin] },
  );
  const rule = new aws.vpc.SecurityGroupIngressRule(
    `${name}-https-from-cloudfront`,
    {
      securityGroupId,
      description: "HTTPS from CloudFront distributions of this account",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      referencedSecurityGroupId: serviceGroup.id,
      tags: named(tags, `${name}-https-from-cloudfront`),
    },
    // A lookup creates no dependency: without this, the group could be deleted before the rule that refers to
    // it.
    { parent, dependsOn: [vpcOrigin] },
  );
  // A distribution that is deployed before the rule would return errors.
  return { vpcOriginId: pulumi.all([vpcOrigin.id, rule.id]).apply(([id]) => id) };
}
