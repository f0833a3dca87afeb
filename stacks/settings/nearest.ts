import { distance } from "fastest-levenshtein";

/**
 * The candidate that a mistyped word most likely means, ignoring case; undefined if more than a third of the word's
 * letters would have to change.
 */
export function nearest<T extends string>(word: string, candidates: readonly T[]): T | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, changes: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.changes - b.changes);
  const best = ranked[0];
  return best !== undefined && best.changes <= word.length / 3 ? best.candidate : undefined;
}
