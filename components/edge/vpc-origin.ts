import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** An internal load balancer, for CloudFront to reach. */
export interface PrivateOrigin {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** Id of the load balancer's security group. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Id of the VPC, which has an internet gateway: CloudFront wants one, and sends nothing through it. */
  readonly vpcId: pulumi.Input<string>;
}

/**
 * How long CloudFront may take to deploy a VPC origin, or to take it down. AWS speaks of up to 15 minutes, which is the
 * provider's own time-out, and users saw it pass (https://github.com/terraform-aws-modules/terraform-aws-cloudfront/issues/163);
 * an origin whose creation timed out is in no state, and has to be deleted by hand.
 *
 * An input, and not the option `customTimeouts`: for this resource the provider heeds the input alone
 * (https://github.com/pulumi/pulumi-terraform-bridge/issues/827).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
const TIMEOUTS = { create: "45m", update: "45m", delete: "45m" } as const;

/** The security group that CloudFront makes in a VPC with its first VPC origin, and lends to all of them. */
const SERVICE_SECURITY_GROUP = "CloudFront-VPCOrigins-Service-SG";

/**
 * A way from CloudFront to an internal load balancer, and the rule that lets CloudFront in and nobody else.
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
        // The load balancer's own name, of which there is one: `…:loadbalancer/app/<name>/<id>`.
        name: pulumi.output(loadBalancerArn).apply((arn) => arn.split("/")[2] ?? name),
        originProtocolPolicy: "https-only",
        originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        httpPort: 80,
        httpsPort: 443,
      },
      timeouts: TIMEOUTS,
      tags: named(tags, `${name}-load-balancer`),
    },
    // CloudFront changes no VPC origin that a distribution uses: a new one comes first.
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
    // What is looked up leads to no resource: without this, the group could go before the rule that names it.
    { parent, dependsOn: [vpcOrigin] },
  );
  // A distribution that is deployed before the rule would answer with errors.
  return { vpcOriginId: pulumi.all([vpcOrigin.id, rule.id]).apply(([id]) => id) };
}
