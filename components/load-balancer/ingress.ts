import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** The protocols that a load balancer listens for, and their TCP ports. */
const PORTS = { https: 443, http: 80 } as const;

/** Who may reach a load balancer: one range of addresses, or what a prefix list names. */
export interface IngressSource {
  /** Names the rules, `<name>-https-from-<this>`, and stays: another name means another rule. */
  readonly name: string;
  /** The source in words, as in "HTTPS from anywhere". */
  readonly description: string;
  /** What the source may speak; who speaks HTTP is only redirected. */
  readonly protocols: readonly (keyof typeof PORTS)[];
  /** Where it comes from, as AWS names the property of the rule. */
  readonly from:
    | { readonly cidrIpv4: string }
    | { readonly cidrIpv6: string }
    | { readonly prefixListId: pulumi.Input<string> };
}

/** Everybody on the internet, by IPv4 and, if the load balancer has such addresses, by IPv6. */
export function anywhere(ipv6: boolean): readonly IngressSource[] {
  const description = "anywhere";
  const protocols = ["https", "http"] as const;
  return [
    { name: "anywhere", description, protocols, from: { cidrIpv4: "0.0.0.0/0" } },
    ...(ipv6 ? [{ name: "anywhere-ipv6", description, protocols, from: { cidrIpv6: "::/0" } }] : []),
  ];
}

/** Single ranges, of IPv4 or IPv6, in CIDR notation. */
export function ranges(cidrBlocks: readonly string[]): readonly IngressSource[] {
  return cidrBlocks.map((range) => ({
    // Of IPv6, too: a URN has colons of its own.
    name: range.replaceAll(/[/:]/g, "-"),
    description: range,
    protocols: ["https", "http"],
    from: range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range },
  }));
}

/**
 * CloudFront's servers, everybody's distributions included. HTTPS only: the list counts for 55 of the 60 rules
 * that a security group may have, so a second rule would not fit.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html#aws-managed-prefix-list-weight
 */
export function cloudFrontServers(): readonly IngressSource[] {
  const { id } = aws.ec2.getManagedPrefixListOutput({
    name: "com.amazonaws.global.cloudfront.origin-facing",
  });
  return [
    { name: "cloudfront", description: "CloudFront", protocols: ["https"], from: { prefixListId: id } },
  ];
}

/**
 * Route 53's health checkers, everybody's checks included; they come by HTTPS and, as they ask for a name, by IPv4. Their
 * list counts for 25 rules.
 *
 * @param region - the load balancer's
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (IPAddress)
 */
export function healthCheckers(region: string): readonly IngressSource[] {
  const { id } = aws.ec2.getManagedPrefixListOutput({ name: `com.amazonaws.${region}.route53-healthchecks` });
  return [
    {
      name: "health-checkers",
      description: "Route 53 health checkers",
      protocols: ["https"],
      from: { prefixListId: id },
    },
  ];
}

/** Lets a source in: a rule for each of its protocols. */
export function createIngressRules(
  name: string,
  source: IngressSource,
  securityGroupId: pulumi.Input<string>,
  tags: Tags,
  parent: pulumi.Resource,
): void {
  for (const protocol of source.protocols) {
    const ruleName = `${name}-${protocol}-from-${source.name}`;
    new aws.vpc.SecurityGroupIngressRule(
      ruleName,
      {
        securityGroupId,
        description: `${protocol.toUpperCase()} from ${source.description}`,
        ipProtocol: "tcp",
        fromPort: PORTS[protocol],
        toPort: PORTS[protocol],
        ...source.from,
        tags: named(tags, ruleName),
      },
      { parent },
    );
  }
}
