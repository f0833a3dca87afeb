import { COLOURS } from "../../components/colours";
import { allSettings } from "../../stacks/applications/derive";
import { hasProxies } from "../../stacks/proxy/user-data";
import { type Settings, validate } from "../../stacks/settings";
import { CliError } from "../cli/command";
import type { Context } from "./check";

/**
 * The settings in a stack's file.
 *
 * @throws CliError if they are invalid
 */
export function settingsIn(config: Context["config"]): Settings {
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const result = validate("web-store", Object.fromEntries(texts) as Record<string, string>);
  if ("settings" in result) return result.settings;
  const keys = result.violations.map(({ key }) => key);
  throw new CliError(`can't be checked before these settings are valid: ${keys.join(", ")}`);
}

/**
 * The types and the maximum sizes of all instances of a kind, at any peak: the store's of both colours, other
 * applications', proxies.
 */
export function groupsIn(
  settings: Settings,
): { readonly instanceTypes: readonly string[]; readonly maxSize: number }[] {
  const fleets = allSettings(settings).map(({ blueGreen, fleet, peakCalendar }) => {
    const most = Math.max(fleet.maxSize, ...peakCalendar.map((peak) => peak.maxSize ?? 0));
    return { ...fleet, maxSize: most * (blueGreen.enabled ? COLOURS.length : 1) };
  });
  return [...fleets, ...(hasProxies(settings) ? [settings.proxy] : [])];
}
