/** Translates the patterns of the models into JavaScript's regular expressions. */
import { PATTERN_SAMPLES } from "./pattern-samples";

/** POSIX classes in Java's notation, and an escape that JavaScript refuses. */
const CLASSES: Readonly<Record<string, string>> = {
  "\\p{Alpha}": "A-Za-z",
  "\\p{Digit}": "0-9",
  "\\p{Alnum}": "0-9A-Za-z",
  "\\p{Graph}": "\\x21-\\x7E",
  "\\p{Print}": "\\x20-\\x7E",
  "\\p{ASCII}": "\\x00-\\x7F",
  "\\_": "_",
};

/**
 * Translates a pattern into an expression that the whole text must match.
 *
 * @returns undefined for a pattern without samples: only samples show what a pattern means here
 */
export function translated(pattern: string): string | undefined {
  if (!Object.hasOwn(PATTERN_SAMPLES, pattern)) return undefined;
  return expressionOf(pattern);
}

/** The translation of a pattern, with samples or without. */
export function expressionOf(pattern: string): string {
  const source = Object.entries(CLASSES).reduce((text, [java, ours]) => text.replaceAll(java, ours), pattern);
  return `^(?:${source})$`;
}
