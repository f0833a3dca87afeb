import assert from "node:assert/strict";

import { type Configuration, describeViolations, type Settings, validate } from "../../stacks/settings";

/** The least that a stack must set. */
export const required: Configuration = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:availabilityZones": '["eu-west-1a","eu-west-1b"]',
};

/** The required settings with changes; undefined takes one away. Keys without a namespace are the project's. */
export function configured(changes: Record<string, string | undefined>): Configuration {
  const all: Record<string, string | undefined> = { ...required };
  for (const [key, value] of Object.entries(changes))
    all[key.includes(":") ? key : `web-store:${key}`] = value;
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** What the program gets. Fails the test if there are violations. */
export function settingsOf(changes: Record<string, string | undefined> = {}): Settings {
  const result = validate("web-store", configured(changes));
  return "settings" in result ? result.settings : assert.fail(describeViolations("dev", result.violations));
}

/** What the user is told. Fails the test if all is well. */
export function messageOf(changes: Record<string, string | undefined>): string {
  const result = validate("web-store", configured(changes));
  return "violations" in result
    ? describeViolations("dev", result.violations)
    : assert.fail("The settings were accepted.");
}

/** Whether a stack with these changes has no violation. */
export const isAccepted = (changes: Record<string, string>): boolean =>
  "settings" in validate("web-store", configured(changes));
