/** Patterns of the models, translated into JavaScript's regular expressions. */
import { PATTERN_SAMPLES } from "./pattern-samples";

/** POSIX classes as Java has them, and an escape that JavaScript refuses. */
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
 * A pattern as an expression that the whole text must match.
 *
 * @returns undefined for a pattern without samples: what a pattern means here is only known once it was tried
 */
export function translated(pattern: string): string | undefined {
  if (!Object.hasOwn(PATTERN_SAMPLES, pattern)) return undefined;
  return expressionOf(pattern);
}

/** The translation, tried or not. */
export function expressionOf(pattern: string): string {
  const source = Object.entries(CLASSES).reduce((text, [java, ours]) => text.replaceAll(java, ours), pattern);
  return `^(?:${source})$`;
}
