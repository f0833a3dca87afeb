import * as v from "valibot";

import type { Settings } from "../settings";
import { schema as balancer } from "../balancer/schema";
import { schema as release } from "../release/schema";

/** The groups of settings that an application has of its own. They have the names, fields and defaults of the store's. */
export const OWN_GROUPS = [
  "application",
  "environment",
  "formerRelease",
  "fleet",
  "healthCheck",
  "loadBalancing",
] as const;

/**
 * A zone without healthy instances of one application stays in the load balancer's DNS name: all others share it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
const NO_ZONE_LEAVES: Settings["targetGroupHealth"] = {
  dnsMinimumHealthyTargetCount: 0,
  dnsMinimumHealthyTargetPercentage: 0,
  routingMinimumHealthyTargetPercentage: 0,
};

const NO_COLOURS = v.parse(release.blueGreen, {});

const BY_ALB = v.parse(balancer.loadBalancing, {});

/** Under which settings have the name of the application that they are for. */
const NAME = Symbol("application");

type Named = Settings & { readonly [NAME]?: string };

/** As the settings call the application that {@link settingsOf} has made settings for; undefined for the store's own. */
export function applicationNameOf(settings: Settings): string | undefined {
  return (settings as Named)[NAME];
}

/**
 * The settings of a store that is an application's alone: what is made for a store by them is made for the application.
 * It has no colours, no calendar and no proxies, and the load balancer reaches its instances itself.
 *
 * No value is read before somebody asks for it, as constraints need it: see `violationsOf`.
 */
export function settingsOf(settings: Settings, name: string): Settings {
  const known = made.get(settings)?.get(name);
  if (known !== undefined) return known;
  const own = settings.applications[name];
  if (own === undefined) throw new Error(`The settings have no application ${name}.`);
  const its = joined<Named>(settings, {
    get application() {
      return own.application;
    },
    get environment() {
      return own.environment;
    },
    get formerRelease() {
      return own.formerRelease;
    },
    get fleet() {
      return own.fleet;
    },
    get healthCheck() {
      return own.healthCheck;
    },
    get loadBalancing() {
      return joined<Settings["loadBalancing"]>(BY_ALB, own.loadBalancing);
    },
    get proxy() {
      return joined(settings.proxy, { standby: false });
    },
    applications: {},
    routes: {},
    peakCalendar: [],
    blueGreen: NO_COLOURS,
    targetGroupHealth: NO_ZONE_LEAVES,
    [NAME]: name,
  });
  made.set(settings, new Map([...(made.get(settings) ?? []), [name, its]]));
  return its;
}

/** What {@link settingsOf} has made: two dozen constraints ask for the settings of each application. */
const made = new WeakMap<Settings, ReadonlyMap<string, Settings>>();

/** The store's settings, then those of each application. */
export function allSettings(settings: Settings): readonly Settings[] {
  return [settings, ...Object.keys(settings.applications).map((name) => settingsOf(settings, name))];
}

/** What an application's resources begin with. No other name begins so. */
export function applicationName(storeName: string, name: string): string {
  return `${storeName}-app-${name}`;
}

/** The properties of both, of the second where it has one; a getter stays one. */
function joined<T extends object>(first: T, second: Partial<T>): T {
  return Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(first), ...Object.getOwnPropertyDescriptors(second) },
  ) as T;
}
