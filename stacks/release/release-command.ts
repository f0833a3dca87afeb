import { createHash } from "node:crypto";

import type * as pulumi from "@pulumi/pulumi";

import { type Colour, colourName, COLOURS } from "../../components/colours";
import { ReleaseTask } from "../../components/fleet/release-task";
import { hasReleaseCommand } from "../application/user-data";
import { runsUsersProgram } from "../application/source";
import type { Context } from "../context";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { releaseOf } from "./colours";

/** Constraints on the release command. */
export const constraints: readonly Constraint[] = [oneColour, nothingToRun, sharedRelease];

const AT = "blueGreen.releaseCommand.command";

function oneColour({ blueGreen: { enabled, releaseCommand } }: Settings): Violation[] {
  if (enabled || releaseCommand.command.length === 0) return [];
  return [
    {
      at: AT,
      allowed: "no value while blueGreen.enabled is false: it runs on a colour that has no visitors yet",
      remedy: "set blueGreen.enabled, or remove releaseCommand",
    },
  ];
}

function nothingToRun(settings: Settings): Violation[] {
  if (settings.blueGreen.releaseCommand.command.length === 0 || runsUsersProgram(settings)) return [];
  return [
    {
      at: AT,
      allowed: `no value while application.source is ${settings.application.source}, which has no command to run`,
      remedy: "set application.source to artifact or container, or remove releaseCommand",
    },
  ];
}

/** A release that both colours share would reach the live colour's visitors before its command has run. */
function sharedRelease(settings: Settings): Violation[] {
  if (!hasReleaseCommand(settings)) return [];
  const field = settings.application.source === "container" ? "image" : "artifactKey";
  return COLOURS.filter((colour) => settings.blueGreen[colour][field] === undefined).map((colour) => ({
    at: `blueGreen.${colour}.${field}`,
    allowed: `${colour}'s own release, as there is a releaseCommand: a new release for both colours would get visitors at once`,
    remedy: `set ${colour}.${field} to what application has; change it when ${colour} gets its next release`,
  }));
}

/**
 * Identifies a colour's release for its command, by program, command and the sources of the variables, but not by the
 * values of parameters and secrets.
 */
export function releaseIdOf(settings: Settings, colour: Colour): string {
  const { source, artifact, image } = releaseOf(settings.application, settings.blueGreen[colour]);
  const variables = Object.entries(settings.environment).sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = [
    source === "container" ? image : artifact.sha256,
    settings.blueGreen.releaseCommand.command,
    variables.map(([name, { value, parameter, secretArn, jsonKey }]) => [
      name,
      value,
      parameter,
      secretArn,
      jsonKey,
    ]),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/** The resources that the command needs. */
interface ReleaseCommandContext extends Context {
  readonly fleets: readonly {
    readonly colour: Colour;
    readonly fleet: { readonly roleName: pulumi.Output<string> };
  }[];
}

/** How the release command is run; undefined without one. */
export function build(
  settings: Settings,
  { name, tags, fleets }: ReleaseCommandContext,
): ReleaseTask | undefined {
  if (!hasReleaseCommand(settings)) return undefined;
  return new ReleaseTask(name, {
    ...settings.blueGreen.releaseCommand,
    roleNames: Object.fromEntries(
      fleets.map(({ colour, fleet }) => [colourName(name, colour), fleet.roleName]),
    ),
    tags,
  });
}
