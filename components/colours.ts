/**
 * The two halves of a store that uses blue/green releases. Each has its own target group, launch template and
 * Auto Scaling group. A store without blue/green is blue.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/blue-green-deployments/introduction.html
 */
export const COLOURS = ["blue", "green"] as const;

/** One of {@link COLOURS}. */
export type Colour = (typeof COLOURS)[number];

/**
 * The name prefix of a colour's resources. Blue uses the plain name, so switching blue/green on or off
 * renames, and therefore replaces, nothing.
 */
export function colourName(name: string, colour: Colour): string {
  return colour === "blue" ? name : `${name}-${colour}`;
}

/** The other colour. */
export function otherColour(colour: Colour): Colour {
  return colour === "blue" ? "green" : "blue";
}
