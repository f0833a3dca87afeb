import * as v from "valibot";

import type { Settings } from "../settings/schema";
import { schema as balancer } from "../balancer/schema";
import { schema as release } from "../release/schema";

/** The groups of settings that an application has, with the names, fields and defaults of the store's. */
export const OWN_GROUPS = [
  "application",
  "environment",
  "formerRelease",
  "fleet",
  "healthCheck",
  "loadBalancing",
] as const;

/**
 * A zone without healthy instances of one application stays in the load balancer's DNS name, which all others share.
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

/** The key under which derived settings hold the name of their application. */
const NAME = Symbol("application");

type Named = Settings & { readonly [NAME]?: string };

/** The name of the application that {@link settingsOf} derived settings for; undefined for the store's own settings. */
export function applicationNameOf(settings: Settings): string | undefined {
  return (settings as Named)[NAME];
}

/**
 * The settings of a store with only this application, so that code for a store also builds an application. It has no
 * colours, calendar or proxies, and the load balancer reaches its instances directly.
 *
 * Values are read lazily, which constraints need: see `violationsOf`.
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

/** The results of {@link settingsOf}, because two dozen constraints ask for the settings of each application. */
const made = new WeakMap<Settings, ReadonlyMap<string, Settings>>();

/** The store's settings, then those of each application. */
export function allSettings(settings: Settings): readonly Settings[] {
  return [settings, ...Object.keys(settings.applications).map((name) => settingsOf(settings, name))];
}

/** The unique prefix of the names of an application's resources. */
export function applicationName(storeName: string, name: string): string {
  return `${storeName}-app-${name}`;
}

/** The properties of both objects; the second takes precedence. Getters stay getters. */
function joined<T extends object>(first: T, second: Partial<T>): T {
  return Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(first), ...Object.getOwnPropertyDescriptors(second) },
  ) as T;
}
