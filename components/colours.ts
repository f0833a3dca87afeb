/**
 * The two halves of a store that releases by blue/green: each has a target group, a launch template and an Auto
 * Scaling group of its own. A store without blue/green is blue.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/blue-green-deployments/introduction.html
 */
export const COLOURS = ["blue", "green"] as const;

/** One of {@link COLOURS}. */
export type Colour = (typeof COLOURS)[number];

/**
 * What a colour's resources begin with. Blue's have the plain name, so that switching blue/green on or off renames,
 * and so replaces, nothing.
 */
export function colourName(name: string, colour: Colour): string {
  return colour === "blue" ? name : `${name}-${colour}`;
}

/** The other of the two. */
export function otherColour(colour: Colour): Colour {
  return colour === "blue" ? "green" : "blue";
}
