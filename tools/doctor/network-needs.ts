import { mostInstances } from "../../components/fleet/refresh";
import { SESSION_MANAGER_SERVICES } from "../../components/network/endpoints";
import { servicesOf } from "../../stacks/application/user-data";
import { hasPrivateBalancer } from "../../stacks/balancer/exposure";
import { addressesNeeded } from "../../stacks/network/addresses";
import { reachesDynamodb } from "../../stacks/network";
import { hasProxies } from "../../stacks/proxy/user-data";
import type { Settings } from "../../stacks/settings";
import type { Context } from "./check";
import type { Needs } from "./network-faults";
import { settingsIn } from "./settings";

/**
 * What the store needs from an existing network, by its settings.
 *
 * @throws CliError if the settings are invalid
 */
export function needsOf(config: Context["config"]): {
  readonly settings: Settings;
  readonly existing: NonNullable<Settings["network"]["existing"]>;
  readonly needs: Needs;
} {
  const settings = settingsIn(config);
  const { existing, availabilityZones, ipv6 } = settings.network;
  if (existing === undefined) throw new Error("The stack has no existing network.");
  const isPrivate = hasPrivateBalancer(settings);
  const { proxy } = settings;
  return {
    settings,
    existing,
    needs: {
      ...existing,
      region: settings.region,
      zones: availabilityZones,
      balancerSubnetIds: isPrivate ? existing.privateSubnetIds : existing.publicSubnetIds,
      ipv6: ipv6 && !isPrivate,
      privateZones: settings.internal.enabled,
      internetGateway: settings.cdn.enabled && isPrivate,
      gatewayServices: ["s3", ...(reachesDynamodb(settings) ? ["dynamodb"] : [])],
      interfaceServices: [...SESSION_MANAGER_SERVICES, ...servicesOf(settings)],
      instances:
        addressesNeeded(settings) + (hasProxies(settings) ? mostInstances(proxy.maxSize, proxy.minSize) : 0),
    },
  };
}
