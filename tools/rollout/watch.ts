import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { CliError, run } from "../cli/command";
import { must } from "../cli/faults";
import type { Options } from "./options";
import type { Release } from "./release";

const PROBE = join(__dirname, "..", "probe", "main.ts");

/** What to watch after a step. */
export interface Watch {
  readonly options: Options;
  readonly release: Release;
  readonly log: (line: string) => void;
}

/**
 * Checks whether a rollout may begin.
 *
 * @throws CliError if AWS doesn't answer, or an alarm is already firing
 */
export async function readyToWatch(release: Release): Promise<void> {
  await must("aws", ["sts", "get-caller-identity", "--output", "json"]);
  const failed = await failedAlarms(release);
  if (failed !== undefined)
    throw new CliError(`${failed}\n  remedy: fix that first (docs/operations.md); nothing was changed`);
}

/** Watches the probe and the alarms for the bake time of a step. Returns the failure; undefined if there was none. */
export async function watchStep({ options, release, log }: Watch): Promise<string | undefined> {
  const minutes = options.bakeMinutes ?? release.bakeMinutes;
  log(`  watching ${release.alarmNames.length} alarms for ${minutes} min, the probe before and after`);
  const end = Date.now() + minutes * 60_000;
  const first = (await failedProbe(options, release)) ?? (await failedAlarms(release));
  if (first !== undefined) return first;
  while (Date.now() < end) {
    await sleep(Math.min(options.intervalSeconds * 1000, Math.max(0, end - Date.now())));
    const failed = await failedAlarms(release);
    if (failed !== undefined) return failed;
  }
  return minutes === 0 ? undefined : failedProbe(options, release);
}

/** Probes in a process of its own: whatever ends the probe doesn't end the rollout, which takes the step back. */
async function failedProbe(options: Options, { url }: Release): Promise<string | undefined> {
  const args = ["--require", "tsx/cjs", PROBE, url, "--stack", options.stack, ...options.probe];
  const { status, stdout, stderr } = await run(process.execPath, args, { env: { NODE_NO_WARNINGS: "1" } });
  return status === 0 ? undefined : `the probe of ${url} failed:\n${indent(stdout.trim() || stderr.trim())}`;
}

/** An alarm that AWS doesn't know is as bad as one that is firing: nothing is watched. */
async function failedAlarms({ alarmNames, region }: Release): Promise<string | undefined> {
  if (alarmNames.length === 0) return undefined;
  const stdout = await must("aws", [
    "cloudwatch",
    "describe-alarms",
    "--output",
    "json",
    "--region",
    region,
    "--alarm-types",
    "MetricAlarm",
    "CompositeAlarm",
    "--alarm-names",
    ...alarmNames,
  ]);
  const found = JSON.parse(stdout) as {
    readonly MetricAlarms?: readonly Alarm[];
    readonly CompositeAlarms?: readonly Alarm[];
  };
  const alarms = [...(found.MetricAlarms ?? []), ...(found.CompositeAlarms ?? [])];
  const ringing = alarms.filter(({ StateValue }) => StateValue === "ALARM");
  if (ringing.length > 0)
    return ringing.map(({ AlarmName, StateReason }) => `alarm ${AlarmName}: ${StateReason ?? ""}`).join("\n");
  const missing = alarmNames.filter((name) => !alarms.some(({ AlarmName }) => AlarmName === name));
  return missing.length > 0 ? `AWS has no alarm ${missing.join(", ")}: faults would go unnoticed` : undefined;
}

interface Alarm {
  readonly AlarmName: string;
  readonly StateValue: string;
  readonly StateReason?: string;
}

const indent = (text: string): string => text.replace(/^/gm, "    ");
