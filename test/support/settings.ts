import assert from "node:assert/strict";

import { textOf } from "../../stacks/settings/read";
import { configFrom } from "./stack-file";
import { type Configuration, describeViolations, type Settings, validate } from "../../stacks/settings";

/** The required settings of a stack. */
export const required: Readonly<Record<string, string>> = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network.availabilityZones": '["eu-west-1a","eu-west-1b"]',
};

/**
 * The required settings with changes; undefined removes one. Keys without a namespace belong to the project, and may
 * have a path: `fleet.minSize`.
 */
export function configured(changes: Record<string, string | undefined>): Configuration {
  const all: Record<string, string | undefined> = { ...required };
  for (const [key, value] of Object.entries(changes))
    all[key.includes(":") ? key : `web-store:${key}`] = value;
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const config = configFrom(Object.fromEntries(given));
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, textOf(value)]));
}

/** The settings that the program gets. Fails the test if there is a violation. */
export function settingsOf(changes: Record<string, string | undefined> = {}): Settings {
  const result = validate("web-store", configured(changes));
  return "settings" in result ? result.settings : assert.fail(describeViolations("dev", result.violations));
}

/** The error's text. Fails the test if there is no violation, or if a placeholder in the advice is empty. */
export function messageOf(changes: Record<string, string | undefined>): string {
  const result = validate("web-store", configured(changes));
  if (!("violations" in result)) assert.fail("The settings were accepted.");
  for (const { key, allowed, remedy } of result.violations)
    for (const advice of [allowed, remedy]) assert.doesNotMatch(advice, /^$|^[ ,]|[ ,:]$| {2}/, key);
  return describeViolations("dev", result.violations);
}

/** Fails unless there is exactly one violation, with this text. */
export function assertRefused(changes: Record<string, string | undefined>, says: RegExp): void {
  const message = messageOf(changes);
  assert.match(message, says);
  assert.match(message, /^Stack dev has 1 setting to correct/);
}

/** Whether a stack with these changes has no violation. */
export const isAccepted = (changes: Record<string, string>): boolean =>
  "settings" in validate("web-store", configured(changes));
