import { type AlbTrafficPolicy, EACH_IN_TURN } from "../../components/load-balancer/traffic-policy";
import {
  anywhere,
  cloudFrontServers,
  type IngressSource,
  privateRanges,
} from "../../components/load-balancer/ingress";
import { LoadBalancer, type LoadBalancerArgs } from "../../components/load-balancer/load-balancer";
import type { Network } from "../../components/network/network";
import type { CalendarPlan } from "../calendar";
import type { StoreCertificate } from "../certificate";
import { type Context, INSTANCE_PORT } from "../context";
import { isProxied, proxyTargets } from "../proxy";
import { type ColourPlan, isFilled } from "../release";
import type { Settings } from "../settings";

export { constraints } from "./constraints";
export { schema } from "./schema";

/** What the load balancer builds on. */
interface BalancerContext extends Context {
  readonly network: Network;
  readonly certificate: StoreCertificate;
  readonly colours: readonly ColourPlan[];
  readonly plan: CalendarPlan;
}

/** The load balancer, with a target group a colour. */
export function build(
  settings: Settings,
  { name, tags, network, certificate, colours, plan }: BalancerContext,
): LoadBalancer {
  const proxied = isProxied(settings);
  return new LoadBalancer(name, {
    vpcId: network.vpcId,
    ...exposureOf(settings, network),
    ...settings.loadBalancer,
    certificateArn: certificate.certificateArn,
    securityHeaders: settings.securityHeaders,
    instancePort: INSTANCE_PORT,
    healthCheck: settings.healthCheck,
    targetGroupHealth: settings.targetGroupHealth,
    trafficPolicy: trafficPolicyOf(settings),
    colours: colours.map(({ colour }) => colour),
    defaultWeights: Object.fromEntries(
      colours.filter(isFilled).map(({ colour, isLive }) => [colour, isLive && !proxied ? 1 : 0]),
    ),
    proxies: proxyTargets(settings),
    othersGetVisitors: !proxied && colours.some(({ isLive, weight }) => !isLive && weight > 0),
    capacityUnits: plan.current.capacityUnits ?? 0,
    accessLogMetrics: settings.alarms.enabled && settings.alarms.logDelivery,
    deletionProtection: settings.deletionProtection,
    tags,
  });
}

/** Where the load balancer is, and who reaches it. */
type Exposure = Pick<LoadBalancerArgs, "internal" | "subnetIds" | "ipv6" | "ingress" | "cloudFrontLogs">;

/** What the settings make of the load balancer. */
function exposureOf(settings: Settings, network: Network): Exposure {
  const { cdn, internal } = settings;
  const isPrivate = internal.enabled || (cdn.enabled && cdn.origin === "vpc");
  return {
    internal: isPrivate,
    subnetIds: isPrivate ? network.privateSubnetIds : network.publicSubnetIds,
    // By IPv6 nobody comes to a private one: CloudFront has IPv4 addresses in the VPC, and so has the VPN.
    ipv6: settings.network.ipv6 && !isPrivate,
    ingress: ingressOf(settings),
    cloudFrontLogs: cdn.enabled,
  };
}

function ingressOf({
  cdn,
  internal,
  network: { cidrBlock: vpcCidr, ipv6 },
}: Settings): readonly IngressSource[] {
  if (internal.enabled) {
    return privateRanges([vpcCidr, ...internal.sourceRanges.filter((range) => range !== vpcCidr)]);
  }
  // CloudFront's way into the VPC brings its own rule.
  if (cdn.enabled && cdn.origin === "vpc") return [];
  if (cdn.enabled && cdn.origin === "public") return cloudFrontServers();
  return anywhere(ipv6);
}

/**
 * The policy that `loadBalancing` names, for the load balancer. Constraints have refused what a policy can't say. With
 * proxies it only checks the instances' health.
 */
function trafficPolicyOf({
  loadBalancing,
  loadBalancing: { deregistrationDelaySeconds },
}: Settings): AlbTrafficPolicy {
  const { algorithm, slowStartSeconds = 0, anomalyMitigation, crossZone, stickinessSeconds } = loadBalancing;
  const affinity = crossZone
    ? { crossZone, stickinessSeconds, deregistrationDelaySeconds }
    : { crossZone, deregistrationDelaySeconds };
  if (isProxied({ loadBalancing })) return { ...EACH_IN_TURN, deregistrationDelaySeconds };
  switch (algorithm) {
    case "roundRobin":
      return { algorithm, slowStartSeconds, ...affinity };
    case "leastOutstandingRequests":
      return { algorithm, ...affinity };
    case "weightedRandom":
      return { algorithm, anomalyMitigation, ...affinity };
    case "weightedRoundRobin":
      throw new Error("A constraint refuses weightedRoundRobin for the load balancer.");
  }
}
