import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** A target of outbound connections. Exactly one of {@link cidr} and {@link securityGroupId} is set. */
export interface EgressTarget {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** An IPv4 range. */
  readonly cidr?: string | undefined;
  /** Id of a security group of this VPC or a peered one. */
  readonly securityGroupId?: string | undefined;
}

/** Arguments of the security group of the instances. */
export interface InstanceSecurityGroupArgs {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** Id of the load balancer's security group, the only source that reaches the instances. */
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  /** Whether the instances reach the internet by IPv6 too. */
  readonly ipv6: boolean;
  /**
   * Description of the security group; changing it replaces the group.
   *
   * @default that requests come from the load balancer
   */
  readonly securityGroupDescription?: string;
  /**
   * Targets of outbound connections in addition to HTTPS, by name.
   *
   * @default nothing
   */
  readonly egress?: Readonly<Record<string, EgressTarget>>;
  /** TCP port on which the instances listen. */
  readonly instancePort: number;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/** The security group of the instances, without rules. */
export function createSecurityGroup(
  name: string,
  args: InstanceSecurityGroupArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    `${name}-instance`,
    {
      vpcId: args.vpcId,
      description:
        args.securityGroupDescription ?? "Requests from the load balancer, HTTPS to AWS and the internet",
      tags: named(args.tags, `${name}-instance`),
    },
    { parent },
  );
}

/**
 * Creates the rules at both ends of the connection from the load balancer to the instances, and the
 * instances' egress rules.
 */
export function createSecurityGroupRules(
  name: string,
  args: InstanceSecurityGroupArgs,
  securityGroup: aws.ec2.SecurityGroup,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const requests = { ipProtocol: "tcp", fromPort: args.instancePort, toPort: args.instancePort };
  return [
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-load-balancer-to-instance`,
      {
        ...requests,
        securityGroupId: args.loadBalancerSecurityGroupId,
        description: "Requests and health checks to the instances",
        referencedSecurityGroupId: securityGroup.id,
        tags: named(args.tags, `${name}-load-balancer-to-instance`),
      },
      { parent },
    ),
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-instance-from-load-balancer`,
      {
        ...requests,
        securityGroupId: securityGroup.id,
        description: "Requests and health checks from the load balancer",
        referencedSecurityGroupId: args.loadBalancerSecurityGroupId,
        tags: named(args.tags, `${name}-instance-from-load-balancer`),
      },
      // Updated in place, the rule would block a load balancer that is being replaced before the instances
      // have left it, and Auto Scaling would consider all of them unhealthy.
      { parent, replaceOnChanges: ["referencedSecurityGroupId"] },
    ),
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-instance-to-https`,
      {
        securityGroupId: securityGroup.id,
        description: "HTTPS to AWS (Session Manager, package repositories) and the internet",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
        tags: named(args.tags, `${name}-instance-to-https`),
      },
      { parent },
    ),
    ...(args.ipv6
      ? [
          new aws.vpc.SecurityGroupEgressRule(
            `${name}-instance-to-https-ipv6`,
            {
              securityGroupId: securityGroup.id,
              description: "HTTPS to AWS and the internet",
              ipProtocol: "tcp",
              fromPort: 443,
              toPort: 443,
              cidrIpv6: "::/0",
              tags: named(args.tags, `${name}-instance-to-https-ipv6`),
            },
            { parent },
          ),
        ]
      : []),
    ...Object.entries(args.egress ?? {}).map(
      ([target, { protocol, port, cidr, securityGroupId }]) =>
        new aws.vpc.SecurityGroupEgressRule(
          `${name}-instance-egress-${target}`,
          {
            securityGroupId: securityGroup.id,
            description: `What the application connects to: ${target}`,
            ipProtocol: protocol,
            fromPort: port,
            toPort: port,
            ...(cidr === undefined ? { referencedSecurityGroupId: securityGroupId } : { cidrIpv4: cidr }),
            tags: named(args.tags, `${name}-instance-egress-${target}`),
          },
          { parent },
        ),
    ),
  ];
}
