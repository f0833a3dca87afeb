import type { Settings } from "./schema";

/** What is wrong with settings that are valid alone, but not together. */
export interface Violation {
  /** The setting to look at first: `minSize`, `blueGreen.live`, `peakCalendar[2].minSize`. */
  readonly at: string;
  /** The values allowed, given the other settings. */
  readonly allowed: string;
  /** How to correct it. */
  readonly remedy: string;
}

/**
 * Judges settings together. It can assume that each setting is valid: a constraint that reads an invalid one is
 * skipped.
 */
export type Constraint = (settings: Settings) => readonly Violation[];

/** Thrown when a constraint reads a setting without a valid value. */
class NoValue extends Error {}

/** The violations of all constraints, except those that read a setting at one of the places. */
export function violationsOf(
  constraints: readonly Constraint[],
  settings: Settings,
  without: readonly (readonly (string | number)[])[],
): Violation[] {
  for (const path of without) withhold(settings, path);
  return constraints.flatMap((constraint) => {
    try {
      return constraint(settings);
    } catch (error) {
      if (error instanceof NoValue) return [];
      throw error;
    }
  });
}

function withhold(settings: Settings, path: readonly (string | number)[]): void {
  const [name, ...outer] = [...path].reverse();
  const holder = outer
    .reverse()
    .reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], settings);
  if (name === undefined) return;
  Object.defineProperty(holder, name, {
    enumerable: true,
    get: () => {
      throw new NoValue();
    },
  });
}
