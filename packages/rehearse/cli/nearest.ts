import { distance } from "fastest-levenshtein";
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, extname } from "node:path";

/** Names that a message lists. */
const LISTED = 100;

/**
 * The candidate that a mistyped word most likely stands for, ignoring case; undefined if none is close: more than two
 * of its letters, and than a third of them, would have to change.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, changes: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ changes }) => changes <= Math.max(2, word.length / 3) && changes < word.length)
    .sort((a, b) => a.changes - b.changes);
  return best?.candidate;
}

/**
 * How a message on a name that doesn't exist goes on: `the stacks are dev, prod. Did you mean prod?`
 *
 * @param kind - what is named, in the plural
 */
export function whatThereIs(name: string, kind: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return `there are no ${kind}.`;
  const close = nearest(name, candidates);
  const more = candidates.length > LISTED ? ` and ${candidates.length - LISTED} more` : "";
  const all = `the ${kind} are ${candidates.slice(0, LISTED).join(", ")}${more}`;
  return close === undefined ? `${all}.` : `${all}. Did you mean ${close}?`;
}

/**
 * How a message on a file or a folder that doesn't exist goes on: with those of its kind in its place.
 *
 * @param kind - what it should have been, in the plural. @default files with its ending
 * @param isOne - whether a name in the same folder is one. @default those with its ending are
 */
export function whatIsThere(
  path: string,
  kind = `${endingOf(path)} files there`.trimStart(),
  isOne: (name: string) => boolean = isLike(path),
): string {
  const folder = dirname(path);
  if (!existsSync(folder)) return `there is no folder ${folder}.`;
  return whatThereIs(basename(path), kind, readdirSync(folder).filter(isOne).sort());
}

/** Whether another file has the same kind of name. */
function isLike(file: string): (name: string) => boolean {
  return (name) => endingOf(name) === endingOf(file);
}

function endingOf(name: string): string {
  return extname(name).replace(/^\.yml$/, ".yaml");
}
