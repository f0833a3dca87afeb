import { StatusFunction } from "../../components/monitoring/status-function";
import type { LoadBalancer } from "../../components/load-balancer/load-balancer";
import type { Application } from "../applications";
import type { Context } from "../context";
import { isFilled } from "../release/colours";
import type { Release } from "../release";
import type { Settings } from "../settings/schema";

/** The function, if it is enabled. */
export function build(
  settings: Settings,
  {
    name,
    tags,
    loadBalancer,
    release,
    applications,
  }: Context & {
    readonly loadBalancer: LoadBalancer;
    readonly release: Release;
    readonly applications: readonly Application[];
  },
): void {
  const { enabled, ...options } = settings.statusFunction;
  if (!enabled) return;
  new StatusFunction(name, {
    ...options,
    title: settings.domainName,
    loadBalancer: loadBalancer.resource,
    listenerArn: loadBalancer.httpsListenerArn,
    loadBalancerArnSuffix: loadBalancer.arnSuffix,
    targetGroups: [
      ...release.fleets
        .filter(isFilled)
        .map(({ colour, targetGroupArn }) => ({ label: colour, arn: targetGroupArn })),
      ...(loadBalancer.proxyTargetGroup === undefined
        ? []
        : [{ label: "proxies", arn: loadBalancer.proxyTargetGroup.arn }]),
      ...applications.map(({ name: label, targetGroup: { arn } }) => ({ label, arn })),
    ],
    tags,
  });
}
