import {
  anywhere,
  cloudFrontServers,
  healthCheckers,
  type IngressSource,
  ranges,
} from "../../components/load-balancer/ingress";
import type { LoadBalancerArgs } from "../../components/load-balancer/load-balancer";
import type { NetworkIds } from "../../components/network/network";
import type { Settings } from "../settings/schema";

/** The placement of the load balancer, and who may reach it. */
type Exposure = Pick<LoadBalancerArgs, "internal" | "subnetIds" | "ipv6" | "ingress" | "cloudFrontLogs">;

/** Whether the load balancer has no public address, and so is in the private subnets. */
export function hasPrivateBalancer({ cdn, internal }: Settings): boolean {
  return internal.enabled || (cdn.enabled && cdn.origin === "vpc");
}

/** The load balancer's exposure according to the settings. */
export function exposureOf(settings: Settings, network: NetworkIds): Exposure {
  const isPrivate = hasPrivateBalancer(settings);
  return {
    internal: isPrivate,
    subnetIds: isPrivate ? network.privateSubnetIds : network.publicSubnetIds,
    // Nobody reaches a private load balancer by IPv6: CloudFront and the VPN have IPv4 addresses in the VPC.
    ipv6: settings.network.ipv6 && !isPrivate,
    ingress: ingressOf(settings),
    cloudFrontLogs: settings.cdn.enabled,
  };
}

function ingressOf({
  allowedRanges,
  cdn,
  externalHealthCheck,
  region,
  internal,
  network: { cidrBlock, existing, ipv6 },
}: Settings): readonly IngressSource[] {
  if (internal.enabled) {
    // A constraint ensures that the range of an existing VPC is known.
    const vpcCidr = existing?.cidrBlock ?? cidrBlock;
    return ranges([vpcCidr, ...internal.sourceRanges.filter((range) => range !== vpcCidr)]);
  }
  // CloudFront's VPC origin has its own rule.
  if (cdn.enabled && cdn.origin === "vpc") return [];
  if (cdn.enabled && cdn.origin === "public") return cloudFrontServers();
  if (allowedRanges.length === 0) return anywhere(ipv6);
  return [...ranges(allowedRanges), ...(externalHealthCheck.enabled ? healthCheckers(region) : [])];
}
