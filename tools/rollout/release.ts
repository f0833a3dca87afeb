import { CliError } from "../cli/command";
import { must } from "../cli/faults";
import type { Colour } from "./options";

/** The visitors' shares, and the live colour. */
export interface Position {
  readonly live: Colour;
  readonly weights: Readonly<Record<Colour, number>>;
}

/** How to run a stack's release command, from the stack's outputs. */
export interface CommandPlace {
  readonly documentName: string;
  readonly parameterName: string;
  readonly logGroupName: string;
  readonly timeoutSeconds: number;
}

/** The state of a release, from the stack's outputs: what is deployed, whatever a file says. */
export interface Release extends Position {
  readonly url: string;
  /** The Region of the alarms. */
  readonly region: string;
  readonly bakeMinutes: number;
  readonly alarmNames: readonly string[];
  /** How to run the release command; undefined if there is none. */
  readonly command: CommandPlace | undefined;
  readonly colours: Readonly<Record<Colour, ColourOutput>>;
}

/** A colour in the stack's outputs. */
interface ColourOutput {
  readonly weight: number;
  readonly autoScalingGroupName?: string;
  /** Identifies its release for the release command; undefined without one. */
  readonly releaseId?: string;
}

export const otherThan = (colour: Colour): Colour => (colour === "blue" ? "green" : "blue");

/** A colour's share of the visitors, in percent. */
export function shareOf({ weights }: Position, colour: Colour): number {
  const all = weights.blue + weights.green;
  return all === 0 ? 0 : (100 * weights[colour]) / all;
}

/**
 * Reads the state of a release from Pulumi.
 *
 * @throws CliError if Pulumi fails, or the stack doesn't have two colours
 */
export async function releaseOf(stack: string): Promise<Release> {
  const stdout = await must("pulumi", ["stack", "output", "--json", "--stack", stack]);
  const { url, loadBalancerArn, release } = JSON.parse(stdout) as {
    readonly url?: string;
    readonly loadBalancerArn?: string;
    readonly release?: {
      readonly bakeMinutes: number;
      readonly alarmNames?: readonly string[];
      readonly command?: CommandPlace;
      readonly colours: readonly (ColourOutput & { readonly colour: Colour; readonly isLive: boolean })[];
    };
  };
  const live = release?.colours.find(({ isLive }) => isLive);
  const region = loadBalancerArn?.split(":")[3];
  if (url === undefined || region === undefined || release === undefined || live === undefined)
    throw new CliError(`${stack} has no output "release": is it a stack of this project, and deployed?`);
  if (release.colours.length < 2)
    throw new CliError(
      `${stack} has one colour, but a rollout needs two.\n  remedy: set blueGreen.enabled (docs/blue-green.md), and deploy`,
    );
  const named = (colour: Colour): ColourOutput =>
    release.colours.find((one) => one.colour === colour) ?? { weight: 0 };
  const [blue, green] = [named("blue"), named("green")];
  return {
    url,
    region,
    live: live.colour,
    weights: { blue: blue.weight, green: green.weight },
    bakeMinutes: release.bakeMinutes,
    alarmNames: release.alarmNames ?? [],
    command: release.command,
    colours: { blue, green },
  };
}

/** The settings of a position, for `pulumi config set-all --path`. The idle colour stays filled. */
export function settingsOf({
  live,
  weights,
}: Position): readonly (readonly [string, string | number | boolean])[] {
  return [
    ["fillIdle", true],
    ["blue.weight", weights.blue],
    ["green.weight", weights.green],
    ["live", live],
  ];
}

/** Writes a position into the stack's configuration. */
export async function configure(stack: string, position: Position): Promise<void> {
  const pairs = settingsOf(position).flatMap(([key, value]) => [
    "--plaintext",
    `web-store:blueGreen.${key}=${value}`,
  ]);
  await must("pulumi", ["config", "set-all", "--stack", stack, "--path", ...pairs]);
}
