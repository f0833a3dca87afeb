/**
 * Colours by purpose, on light and on dark ground. On both grounds texts have a contrast of at least 4.5:1, and so
 * have the series of charts, for which WCAG 2.2 requires 3:1 (criteria 1.4.3 and 1.4.11). The hues follow Okabe and
 * Ito's palette, which people with colour blindness can distinguish: https://jfly.uni-koeln.de/color/
 */
const COLOURS = {
  surface: ["#ffffff", "#14171c"],
  raised: ["#f6f7f9", "#1c2027"],
  ink: ["#1d2330", "#e8ebf0"],
  muted: ["#5b6474", "#a3adbb"],
  line: ["#d9dde4", "#363c47"],
  "series-1": ["#0b63b0", "#6cb2f5"],
  "series-2": ["#ad5500", "#f0a050"],
  "series-3": ["#00795a", "#4fc7a1"],
  "series-4": ["#9c4488", "#e296cf"],
  "series-5": ["#237592", "#78d0e8"],
  "series-6": ["#8a6d00", "#d9bd4a"],
  bad: ["#c4231c", "#ff8a80"],
  good: ["#13703f", "#63cf95"],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

/** The purpose of a colour. */
export type Role = keyof typeof COLOURS;

const ROLES = Object.keys(COLOURS) as Role[];

/** The number of series with a distinct colour. */
const SERIES = ROLES.filter((role) => role.startsWith("series-")).length;

/** The colour of a role on light ground, which {@link withVariables} recognises. */
export function colour(role: Role): string {
  return COLOURS[role][0];
}

/** The colour of a series by its number, from 0; the colours repeat after the last. */
export function seriesColour(index: number): string {
  return colour(`series-${(index % SERIES) + 1}` as Role);
}

/** Declarations of the custom properties `--ink`, `--series-1`, …, as CSS for a rule on the given ground. */
export function variables(ground: "light" | "dark"): string {
  return ROLES.map((role) => `--${role}:${COLOURS[role][ground === "light" ? 0 : 1]}`).join(";");
}

/** An SVG text with custom properties in place of the roles' colours, to be set by a page or {@link variables}. */
export function withVariables(svg: string): string {
  const roles = new Map<string, Role>(ROLES.map((role) => [colour(role), role]));
  return svg.replace(/(?<=")#[0-9a-f]{6}(?=")/g, (hex) => {
    const role = roles.get(hex);
    return role === undefined ? hex : `var(--${role},${hex})`;
  });
}
