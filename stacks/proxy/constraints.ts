import { ALGORITHMS_OF } from "../../components/load-balancer/traffic-policy";
import { colourName, COLOURS } from "../../components/colours";
import { instanceName } from "../../components/fleet/fleet";
import { MAX_USER_DATA_BYTES, packUserData } from "../../components/fleet/user-data";
import { renderProxyUserData } from "../../components/proxy/proxy-user-data";
import { endpointOf } from "../balancer/endpoint";
import { NAME } from "../context";
import { LONGEST_STACK, proxyAgent } from "../telemetry/agent";
import { hasProxies, isProxied, proxyUserDataArgs } from "./user-data";
import { mixedTypes } from "../fleet/constraints";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints on HAProxy behind the load balancer. */
export const constraints: readonly Constraint[] = [
  algorithmOfOtherEngine,
  zonesOfHaproxy,
  coloursStick,
  weightsUnused,
  weightsOfOtherTypes,
  mixedProxies,
  proxySizesOutOfOrder,
  responseAfterIdle,
  tooManyHosts,
];

function algorithmOfOtherEngine({ loadBalancing }: Settings): Violation[] {
  const { engine, algorithm } = loadBalancing;
  const known: readonly string[] = ALGORITHMS_OF[engine];
  if (known.includes(algorithm)) return [];
  const other = engine === "alb" ? "haproxy" : "alb";
  return [
    {
      at: "loadBalancing.algorithm",
      allowed: `with engine ${engine}: ${known.join(", ")}`,
      remedy: `choose one of these, or set engine: ${other}`,
    },
  ];
}

/** Proxies send requests to the instances of all zones. */
function zonesOfHaproxy({ loadBalancing }: Settings): Violation[] {
  if (!isProxied({ loadBalancing }) || loadBalancing.crossZone) return [];
  return [
    {
      at: "loadBalancing.crossZone",
      allowed: "true with engine haproxy: proxies use the instances of all zones",
      remedy: "remove crossZone, or set engine: alb",
    },
  ];
}

/** The load balancer sets the cookie of a colour, but with haproxy its only targets are the proxies. */
function coloursStick({ loadBalancing, blueGreen }: Settings): Violation[] {
  if (!isProxied({ loadBalancing })) return [];
  if (!blueGreen.enabled || blueGreen.stickinessSeconds === 0) return [];
  return [
    {
      at: "blueGreen.stickinessSeconds",
      allowed: "0 with loadBalancing.engine haproxy, which keeps visitors on instances, not on colours",
      remedy: "remove it, and set loadBalancing.stickinessSeconds",
    },
  ];
}

function weightsUnused({ loadBalancing, loadBalancing: { instanceTypeWeights } }: Settings): Violation[] {
  if (Object.keys(instanceTypeWeights).length === 0) return [];
  if (loadBalancing.algorithm === "weightedRoundRobin") return [];
  return [
    {
      at: "loadBalancing.instanceTypeWeights",
      allowed: `no value with loadBalancing.algorithm ${loadBalancing.algorithm}, which ignores weights`,
      remedy: "remove it, or set loadBalancing: { engine: haproxy, algorithm: weightedRoundRobin }",
    },
  ];
}

function weightsOfOtherTypes({
  loadBalancing: { instanceTypeWeights },
  fleet: { instanceTypes },
  blueGreen,
}: Settings): Violation[] {
  const used = new Set([
    ...instanceTypes,
    ...(blueGreen.enabled ? [...blueGreen.blue.instanceTypes, ...blueGreen.green.instanceTypes] : []),
  ]);
  const others = Object.keys(instanceTypeWeights).filter((type) => !used.has(type));
  if (others.length === 0) return [];
  return [
    {
      at: "loadBalancing.instanceTypeWeights",
      allowed: `types that the store uses: ${[...used].join(", ")}`,
      remedy: `remove ${others.join(", ")}, or add ${others.length === 1 ? "it" : "them"} to instanceTypes`,
    },
  ];
}

function mixedProxies({ proxy }: Settings): Violation[] {
  return mixedTypes("proxy.instanceTypes", proxy.instanceTypes);
}

function proxySizesOutOfOrder({ proxy }: Settings): Violation[] {
  if (proxy.minSize <= proxy.maxSize) return [];
  return [
    {
      at: "proxy.minSize",
      allowed: `at most proxy.maxSize, ${proxy.maxSize}`,
      remedy: `lower minSize to ${proxy.maxSize}, or raise maxSize to ${proxy.minSize}`,
    },
  ];
}

/** Otherwise the load balancer would time out while a proxy still retries a request. */
function responseAfterIdle({
  loadBalancing,
  proxy,
  loadBalancer: { idleTimeoutSeconds: idle },
}: Settings): Violation[] {
  if (!hasProxies({ loadBalancing, proxy }) || proxy.responseSeconds < idle) return [];
  const half = Math.floor(idle / 2);
  const lower = half > 0 ? `lower it to ${half}, which leaves time for another instance, or ` : "";
  return [
    {
      at: "proxy.responseSeconds",
      allowed: `less than loadBalancer.idleTimeoutSeconds, ${idle}: the load balancer does not wait longer`,
      remedy: `${lower}raise loadBalancer.idleTimeoutSeconds`,
    },
  ];
}

/** The longest tags by which a proxy may find its instances. */
const LONGEST_GROUPS = {
  Name: COLOURS.map((colour) => instanceName(colourName(NAME, colour))),
  Project: [NAME],
  Stack: [LONGEST_STACK],
};

/** The proxies' user data contains the hosts that they answer. */
function tooManyHosts(settings: Settings): Violation[] {
  if (!hasProxies(settings) || !settings.proxy.onlyOwnHosts) return [];
  const agent = proxyAgent(settings, LONGEST_STACK);
  const script = renderProxyUserData(
    proxyUserDataArgs(settings, endpointOf(settings.loadBalancing), LONGEST_GROUPS, agent),
  );
  const bytes = packUserData(script).length;
  if (bytes <= MAX_USER_DATA_BYTES) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `fewer or shorter names, where proxies answer only for their own hosts: EC2 allows ${MAX_USER_DATA_BYTES} bytes of user data, and these make ${bytes}, compressed`,
      remedy: "replace names with a wildcard that covers them, or set proxy.onlyOwnHosts to false",
    },
  ];
}
