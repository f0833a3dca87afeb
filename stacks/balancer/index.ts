import type { Login } from "../../components/load-balancer/authentication";
import type { ClientCertificates } from "../../components/load-balancer/client-certificates";
import { type AlbTrafficPolicy, EACH_IN_TURN } from "../../components/load-balancer/traffic-policy";
import { LoadBalancer, type LoadBalancerArgs } from "../../components/load-balancer/load-balancer";
import type { TargetGroupArgs } from "../../components/load-balancer/target-group";
import type { NetworkIds } from "../../components/network/network";
import type { CalendarPlan } from "../calendar/plan";
import type { StoreCertificate } from "../certificate";
import type { Context } from "../context";
import { accessBy } from "../login";
import { asksProvider } from "../login/access";
import { isProxied } from "../proxy/user-data";
import { proxyTargets } from "../proxy";
import { type ColourPlan, isFilled } from "../release/colours";
import { endpointOf } from "./endpoint";
import type { Settings } from "../settings/schema";
import { exposureOf } from "./exposure";

/** The resources that the load balancer needs. */
interface BalancerContext extends Context {
  readonly network: NetworkIds;
  readonly certificate: StoreCertificate;
  readonly colours: readonly ColourPlan[];
  readonly plan: CalendarPlan;
  /** How visitors sign in; undefined without a login. */
  readonly login: Login | undefined;
  /** How clients are asked for certificates; undefined without client certificates. */
  readonly clientCertificates: ClientCertificates | undefined;
}

/** The load balancer, with a target group for each colour. */
export function build(
  settings: Settings,
  { name, tags, network, certificate, colours, plan, login, clientCertificates }: BalancerContext,
): LoadBalancer {
  const proxied = isProxied(settings);
  return new LoadBalancer(name, {
    ...targetGroupArgs(settings, { network, tags }),
    ...exposureOf(settings, network),
    ...settings.loadBalancer,
    certificateArn: certificate.certificateArn,
    furtherCertificateArns: Object.fromEntries(
      Object.entries(certificate.further).map(([domain, { certificateArn }]) => [domain, certificateArn]),
    ),
    access: accessBy(settings, login),
    clientCertificates,
    asksIdentityProvider: asksProvider(settings),
    securityHeaders: settings.securityHeaders,
    endpoints: endpointsOf(settings, colours),
    colours: colours.map(({ colour }) => colour),
    defaultWeights: Object.fromEntries(
      colours.filter(isFilled).map(({ colour, isLive }) => [colour, isLive && !proxied ? 1 : 0]),
    ),
    proxies: proxyTargets(settings),
    closed: settings.maintenance.enabled,
    othersGetVisitors: !proxied && colours.some(({ isLive, weight }) => !isLive && weight > 0),
    capacityUnits: plan.current.capacityUnits ?? 0,
    accessLogMetrics: settings.alarms.enabled && settings.alarms.logDelivery,
    deletionProtection: settings.deletionProtection,
  });
}

/** The arguments of a target group of instances, from the settings. */
export function targetGroupArgs(
  settings: Settings,
  { network, tags }: Pick<BalancerContext, "network" | "tags">,
): TargetGroupArgs {
  return {
    vpcId: network.vpcId,
    endpoint: endpointOf(settings.loadBalancing),
    healthCheck: settings.healthCheck,
    targetGroupHealth: settings.targetGroupHealth,
    trafficPolicy: trafficPolicyOf(settings),
    tags,
  };
}

/** The endpoint of each colour; a colour that the store does not have is treated like the others. */
function endpointsOf(
  { loadBalancing }: Settings,
  colours: readonly ColourPlan[],
): LoadBalancerArgs["endpoints"] {
  const own = Object.fromEntries(colours.map(({ colour, endpoint }) => [colour, endpoint]));
  const usual = endpointOf(loadBalancing);
  return { blue: usual, green: usual, ...own };
}

/**
 * The load balancer's traffic policy, from `loadBalancing`. Constraints refuse what it does not support. With proxies,
 * the load balancer only checks the health of these target groups.
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
