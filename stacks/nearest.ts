/**
 * The candidate that a mistyped word most likely stands for, ignoring case, or undefined when none is close:
 * more than a third of the word's letters would have to change.
 */
export function nearest<T extends string>(word: string, candidates: readonly T[]): T | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= word.length / 3 ? best.candidate : undefined;
}

/** Letters to insert, delete or replace to turn one word into the other (Levenshtein's distance). */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      current.push(
        Math.min(
          (previous[column] ?? Infinity) + (letter === other ? 0 : 1),
          (previous[column + 1] ?? Infinity) + 1,
          (current[column] ?? Infinity) + 1,
        ),
      );
    }
    previous = current;
  }
  return previous[to.length] ?? Infinity;
}
