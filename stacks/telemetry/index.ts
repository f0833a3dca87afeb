import * as pulumi from "@pulumi/pulumi";

import { LogGroups } from "../../components/monitoring/log-groups";
import type { Context } from "../context";
import type { Settings } from "../settings/schema";
import { settingsOf } from "../applications/derive";
import { type LogGroupNames, logGroupNames } from "./agent";

/** The log groups of the agents; undefined without agents. */
export function build(settings: Settings, { name, tags }: Context): LogGroupNames | undefined {
  const names = logGroupNames(settings, pulumi.getStack());
  if (names === undefined) return undefined;
  const { logRetentionDays: retentionDays, logKeyArn: keyArn } = settings.telemetry;
  const { application, system, proxy } = names;
  new LogGroups(`${name}-logs`, {
    names: { application, system, ...(proxy === undefined ? {} : { proxy }), ...ofApplications(settings) },
    retentionDays,
    keyArn,
    tags,
  });
  return names;
}

/** The log groups of the further applications. */
function ofApplications(settings: Settings): Record<string, string> {
  const names = Object.keys(settings.applications).sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const own = logGroupNames(settingsOf(settings, name), pulumi.getStack());
      return own === undefined ? [] : [[`app-${name}`, own.application]];
    }),
  );
}
