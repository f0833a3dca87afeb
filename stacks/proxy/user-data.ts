import { AGENT_PORT, PROXY_HEALTH_PATH, PROXY_PORT } from "../../components/proxy/proxy-tier";
import type { ProxyUserDataArgs } from "../../components/proxy/proxy-user-data";
import { type HaproxyTrafficPolicy, haproxyPolicy } from "../../components/load-balancer/traffic-policy";
import type { InstanceEndpoint } from "../../components/instance-endpoint";
import { COLOURS } from "../../components/colours";
import { hasLogin } from "../login/access";
import type { Settings } from "../settings/schema";

/** Whether there are proxies, with or without requests. */
export function hasProxies({ loadBalancing, proxy }: Pick<Settings, "loadBalancing" | "proxy">): boolean {
  return loadBalancing.engine === "haproxy" || proxy.standby;
}

/** Whether requests go through the proxies. */
export function isProxied({ loadBalancing }: Pick<Settings, "loadBalancing">): boolean {
  return loadBalancing.engine === "haproxy";
}

/** The port of the agents on the store's instances; undefined without proxies. */
export function agentPortOf(settings: Pick<Settings, "loadBalancing" | "proxy">): number | undefined {
  return hasProxies(settings) ? AGENT_PORT : undefined;
}

/** HAProxy's traffic policy, from `loadBalancing`. Constraints refuse what HAProxy does not support. */
function haproxyPolicyOf({ loadBalancing }: Pick<Settings, "loadBalancing">): HaproxyTrafficPolicy {
  const { algorithm, slowStartSeconds = 0, stickinessSeconds, deregistrationDelaySeconds } = loadBalancing;
  return {
    // Standby proxies have no requests to distribute.
    algorithm: algorithm === "weightedRandom" ? "roundRobin" : algorithm,
    slowStartSeconds,
    crossZone: true,
    stickinessSeconds,
    deregistrationDelaySeconds,
  };
}

/**
 * Arguments of a proxy's user data.
 *
 * @param server - how the store's instances are reached
 * @param balancedGroups - tags of the groups whose instances are balanced
 * @param cloudwatchAgent - what the CloudWatch agent sends
 */
export function proxyUserDataArgs(
  settings: Settings,
  server: InstanceEndpoint,
  balancedGroups: ProxyUserDataArgs["balancedGroups"],
  cloudwatchAgent?: ProxyUserDataArgs["cloudwatchAgent"],
): ProxyUserDataArgs {
  const { proxy } = settings;
  const policy = haproxyPolicy(haproxyPolicyOf(settings));
  return {
    haproxy: {
      bind: `*:${PROXY_PORT}`,
      healthPath: PROXY_HEALTH_PATH,
      hosts: proxy.onlyOwnHosts ? [settings.domainName, ...settings.certificate.subjectAlternativeNames] : [],
      login: hasLogin(settings),
      clientCertificates: settings.clientCertificates?.mode,
      clientFromEnd: settings.cdn.enabled ? 2 : 1,
      balance: policy.balance,
      slowStartSeconds: policy.slowStartSeconds,
      stickinessSeconds: policy.stickinessSeconds,
      slots: slotsFor(settings),
      server,
      agentPort: AGENT_PORT,
      healthCheck: settings.healthCheck,
      maxConnections: proxy.maxConnections,
      maxRequestsPerServer: proxy.maxRequestsPerInstance,
      queueSeconds: proxy.queueSeconds,
      responseSeconds: proxy.responseSeconds,
      // Longer than the load balancer's idle timeout, so that the load balancer sends no request on a closed
      // connection.
      idleSeconds: settings.loadBalancer.idleTimeoutSeconds + 15,
      requestHeadSeconds: 10,
      requestsPer10Seconds: proxy.requestsPer10Seconds,
      reloadSeconds: Math.max(60, settings.loadBalancing.deregistrationDelaySeconds),
    },
    balancedGroups,
    instanceWeights: policy.weighted,
    drainSeconds: policy.drainSeconds,
    cloudwatchAgent,
    region: settings.region,
  };
}

/** Twice the maximum number of instances, because a refresh starts new ones before it terminates the old ones. */
function slotsFor({ blueGreen, fleet: { maxSize }, peakCalendar }: Settings): number {
  const most = Math.max(maxSize, ...peakCalendar.map((peak) => peak.maxSize ?? 0));
  return 2 * most * (blueGreen.enabled ? COLOURS.length : 1);
}
