import { CliError } from "../cli/command";
import { must } from "../cli/faults";
import type { Colour } from "./options";

/** How visitors are shared, and whose colour it is. */
export interface Position {
  readonly live: Colour;
  readonly weights: Readonly<Record<Colour, number>>;
}

/** How a stack's release command is run, by the stack's outputs. */
export interface CommandPlace {
  readonly documentName: string;
  readonly parameterName: string;
  readonly logGroupName: string;
  readonly timeoutSeconds: number;
}

/** How a release stands, by the stack's outputs: what is deployed, whatever a file says. */
export interface Release extends Position {
  readonly url: string;
  /** Where the alarms are. */
  readonly region: string;
  readonly bakeMinutes: number;
  readonly alarmNames: readonly string[];
  /** How the command of a release is run; undefined without one. */
  readonly command: CommandPlace | undefined;
  readonly colours: Readonly<Record<Colour, ColourOutput>>;
}

/** A colour, by the stack's outputs. */
interface ColourOutput {
  readonly weight: number;
  readonly autoScalingGroupName?: string;
  /** What its release is told apart by, for its command; undefined without one. */
  readonly releaseId?: string;
}

export const otherThan = (colour: Colour): Colour => (colour === "blue" ? "green" : "blue");

/** A colour's share of visitors, in percent. */
export function shareOf({ weights }: Position, colour: Colour): number {
  const all = weights.blue + weights.green;
  return all === 0 ? 0 : (100 * weights[colour]) / all;
}

/**
 * Asks Pulumi how a release stands.
 *
 * @throws CliError if it can't tell, or the stack has no two colours
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
      `${stack} has one colour, and a rollout needs two.\n  remedy: set blueGreen.enabled (docs/blue-green.md), and deploy`,
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

/** The settings of a position, as `pulumi config set-all --path` takes them. The idle colour stays filled. */
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
