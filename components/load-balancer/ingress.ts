import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named, type Tags } from "../naming";

/** The protocols that a load balancer listens for and their TCP ports. */
const PORTS = { https: 443, http: 80 } as const;

/** A source that may reach a load balancer: an address range or a prefix list. */
export interface IngressSource {
  /** Part of the rules' names, `<name>-https-from-<this>`. Keep it stable: changing it replaces the rules. */
  readonly name: string;
  /** The source in words, as in "HTTPS from anywhere". */
  readonly description: string;
  /** The protocols that the source may use; HTTP is only redirected. */
  readonly protocols: readonly (keyof typeof PORTS)[];
  /** The source, by the name of the rule's property. */
  readonly from:
    | { readonly cidrIpv4: string }
    | { readonly cidrIpv6: string }
    | { readonly prefixListId: pulumi.Input<string> };
}

/** The whole internet, over IPv4 and, if `ipv6` is true, over IPv6. */
export function anywhere(ipv6: boolean): readonly IngressSource[] {
  const description = "anywhere";
  const protocols = ["https", "http"] as const;
  return [
    { name: "anywhere", description, protocols, from: { cidrIpv4: "0.0.0.0/0" } },
    ...(ipv6 ? [{ name: "anywhere-ipv6", description, protocols, from: { cidrIpv6: "::/0" } }] : []),
  ];
}

/** IPv4 or IPv6 ranges in CIDR notation. */
export function ranges(cidrBlocks: readonly string[]): readonly IngressSource[] {
  return cidrBlocks.map((range) => ({
    // IPv6 ranges contain colons, which separate the parts of a URN.
    name: range.replaceAll(/[/:]/g, "-"),
    description: range,
    protocols: ["https", "http"],
    from: range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range },
  }));
}

/**
 * CloudFront's servers, which serve the distributions of all AWS customers. HTTPS only: the prefix list
 * counts as 55 of the 60 rules that a security group may have, so a second rule would not fit.
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
 * Route 53's health checkers, which run the health checks of all AWS customers. They use HTTPS and, because
 * they check a domain name, IPv4. Their prefix list counts as 25 rules.
 *
 * @param region - the load balancer's Region
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

/** Creates a rule for each protocol of a source. */
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
