import { setTimeout as sleep } from "node:timers/promises";

import { ask, read, type Service, tell } from "../cli/aws";
import { CliError } from "../cli/command";
import { describeGroup } from "../refreshes/auto-scaling";
import type { Colour, Options } from "./options";
import { type CommandPlace, otherThan, type Release } from "./release";

/**
 * A command run by Systems Manager: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Command.html
 */
interface Command {
  readonly CommandId: string;
  readonly Status: string;
  readonly Comment?: string;
  readonly InstanceIds: readonly string[];
  readonly RequestedDateTime?: string;
}

/** Its result: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html */
interface Invocation {
  readonly Status: string;
  readonly StatusDetails?: string;
  readonly StandardOutputContent?: string;
  readonly StandardErrorContent?: string;
}

/** Seconds within which an instance must accept the command; then Systems Manager gives up. */
const DELIVERY_SECONDS = 120;
/** Seconds that the document allows beyond the command's own time, and Systems Manager needs to report its end. */
const MARGIN_SECONDS = 720;
const POLL_SECONDS = 10;
/**
 * How many times to look for an instance that accepts it: an agent that has just started may need a minute or two.
 */
const LOOKS = 12;
/** The most ids that are remembered, of 16 characters each: a standard parameter holds 4,096 in all. */
const REMEMBERED = 200;
const LAST_LINES = 10;

/** The run of a release command. */
export interface Run {
  readonly options: Options;
  /** The state of the stack with the colour filled. */
  readonly release: Release;
  readonly colour: Colour;
  readonly log: (line: string) => void;
}

/**
 * Runs the release's command on an instance of a colour, if it hasn't run yet; where an earlier rollout was stopped while
 * it ran, waits for that one. The live colour's release counts as run, so that a return to it runs nothing.
 *
 * @returns the failure; undefined if there was none
 */
export async function runCommandOnce({ options, release, colour, log }: Run): Promise<string | undefined> {
  const { command: place, region, colours } = release;
  const id = colours[colour].releaseId;
  if (place === undefined || id === undefined) return undefined;
  const ssm = { name: "ssm", region };
  try {
    const live = colours[otherThan(colour)].releaseId;
    const known = await releasesRun(ssm, place);
    const earlier = await earlierCommand(ssm, place, id);
    const isDone = known.includes(id) || id === live || earlier?.Status === "Success";
    if (isDone && !options.commandAgain && !isActive(earlier)) {
      log(`  the release command has run for release ${id}: --command-again runs it once more`);
    } else {
      const running = isActive(earlier) ? earlier : await send(ssm, release, colour, log);
      const failed = await waitFor(ssm, place, running, options, log);
      if (failed !== undefined) return failed;
    }
    await remember(ssm, place, known, [id, ...(live === undefined ? [] : [live])]);
    return undefined;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return error.message;
  }
}

async function releasesRun(ssm: Service, { parameterName }: CommandPlace): Promise<readonly string[]> {
  const { Parameter } = await ask<{ readonly Parameter: { readonly Value: string } }>(
    ssm,
    "get-parameter",
    { Name: parameterName },
    "Parameter",
  );
  return Parameter.Value.split(",").filter((id) => /^[0-9a-f]{16}$/.test(id));
}

async function remember(
  ssm: Service,
  { parameterName }: CommandPlace,
  known: readonly string[],
  ids: readonly string[],
): Promise<void> {
  if (ids.every((id) => known.includes(id))) return;
  const all = [...new Set([...ids, ...known])].slice(0, REMEMBERED);
  await tell(ssm, "put-parameter", { Name: parameterName, Value: all.join(","), Overwrite: true });
}

const commentOf = (id: string): string => `release ${id}`;

/** The last command of a release within the thirty days for which Systems Manager keeps it. */
async function earlierCommand(
  ssm: Service,
  { documentName }: CommandPlace,
  id: string,
): Promise<Command | undefined> {
  const { Commands } = await ask<{ readonly Commands: readonly Command[] }>(
    ssm,
    "list-commands",
    { Filters: [{ key: "DocumentName", value: documentName }] },
    "Commands",
  );
  const when = ({ RequestedDateTime }: Command): number => Date.parse(RequestedDateTime ?? "") || 0;
  return Commands.filter(({ Comment }) => Comment === commentOf(id)).sort(
    (one, other) => when(other) - when(one),
  )[0];
}

function isActive(command: Command | undefined): command is Command {
  return command !== undefined && ["Pending", "InProgress", "Cancelling"].includes(command.Status);
}

/** @throws CliError if no instance accepts it */
async function send(
  ssm: Service,
  { region, colours, command: place }: Release,
  colour: Colour,
  log: Run["log"],
): Promise<Command> {
  const { autoScalingGroupName: name = "", releaseId = "" } = colours[colour];
  for (let looked = 1; ; looked++) {
    const group = await describeGroup({ name, region });
    const instances = (group?.Instances ?? []).filter(
      ({ LifecycleState, HealthStatus }) => LifecycleState === "InService" && HealthStatus === "Healthy",
    );
    for (const { InstanceId } of instances) {
      const input = {
        DocumentName: place?.documentName,
        InstanceIds: [InstanceId],
        Comment: commentOf(releaseId),
        TimeoutSeconds: DELIVERY_SECONDS,
        CloudWatchOutputConfig: {
          CloudWatchOutputEnabled: true,
          CloudWatchLogGroupName: place?.logGroupName,
        },
      };
      try {
        const answer = await tell(ssm, "send-command", input);
        log(`  release command of ${releaseId} on ${InstanceId}`);
        return read<{ readonly Command: Command }>(answer, "Command").Command;
      } catch (error) {
        // Systems Manager doesn't know its agent, yet or any more: try another one.
        if (!(error instanceof CliError) || !error.message.includes("InvalidInstanceId")) throw error;
      }
    }
    if (looked === LOOKS)
      throw new CliError(
        instances.length === 0
          ? `${name} has no healthy instance to run the release command on.\n  remedy: look at the group's activities (docs/operations.md), then start the rollout again`
          : `Systems Manager reaches none of ${instances.map(({ InstanceId }) => InstanceId).join(", ")} to run the release command on.\n` +
              "  remedy: aws ssm describe-instance-information lists those that it reaches; a custom image needs its agent",
      );
    await sleep(POLL_SECONDS * 1000);
  }
}

/** @returns the failure; undefined if the command succeeded */
async function waitFor(
  ssm: Service,
  { timeoutSeconds, logGroupName }: CommandPlace,
  { CommandId, InstanceIds: [instance = ""] }: Command,
  { intervalSeconds }: Options,
  log: Run["log"],
): Promise<string | undefined> {
  const until = Date.now() + (timeoutSeconds + MARGIN_SECONDS + DELIVERY_SECONDS) * 1000;
  const whole = `aws logs tail ${logGroupName} --region ${ssm.region} --log-stream-name-prefix ${CommandId} --since 30d`;
  for (let last = ""; ;) {
    const { Status, StatusDetails, StandardOutputContent, StandardErrorContent } = await ask<Invocation>(
      ssm,
      "get-command-invocation",
      { CommandId, InstanceId: instance },
      "Status",
    );
    if (Status !== last) log(`  release command ${CommandId}: ${StatusDetails ?? Status}`);
    last = Status;
    if (Status === "Success") {
      log(`${indent(lastLines(StandardOutputContent, LAST_LINES))}\n    all of it: ${whole}`);
      return undefined;
    }
    const isOver = ["Cancelled", "Failed", "TimedOut"].includes(Status);
    if (isOver || Date.now() >= until)
      return (
        `the release command ${isOver ? `ended as ${StatusDetails ?? Status}` : `hasn't ended within ${timeoutSeconds} s`} on ${instance}:\n` +
        `${indent(lastLines(StandardErrorContent || StandardOutputContent, Infinity))}\n    all of it: ${whole}`
      );
    await sleep(Math.min(POLL_SECONDS, intervalSeconds) * 1000);
  }
}

function lastLines(text: string | undefined, count: number): string {
  const lines = (text ?? "").trim().split("\n");
  return lines.slice(-count).join("\n") || "it printed nothing";
}

const indent = (text: string): string => text.replace(/^/gm, "    ");
