import { distance } from "fastest-levenshtein";
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, extname } from "node:path";

/** The most names in a message. */
const LISTED = 100;

/**
 * The most similar candidate for a mistyped word, ignoring case; undefined if none is close: at most two of its
 * letters, and at most a third of them, may differ.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, changes: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ changes }) => changes <= Math.max(2, word.length / 3) && changes < word.length)
    .sort((a, b) => a.changes - b.changes);
  return best?.candidate;
}

/**
 * Continues a message about a name that doesn't exist: `the stacks are dev, prod. Did you mean prod?`
 *
 * @param kind - the named things, in the plural
 */
export function whatThereIs(name: string, kind: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return `there are no ${kind}.`;
  const close = nearest(name, candidates);
  const more = candidates.length > LISTED ? ` and ${candidates.length - LISTED} more` : "";
  const all = `the ${kind} are ${candidates.slice(0, LISTED).join(", ")}${more}`;
  return close === undefined ? `${all}.` : `${all}. Did you mean ${close}?`;
}

/**
 * Continues a message about a file or folder that doesn't exist: lists those of its kind in the same folder.
 *
 * @param kind - what it should have been, in the plural. @default files with the same ending
 * @param isOne - whether a name in the folder is of that kind. @default names with the same ending
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

/** Whether another file has a name of the same kind. */
function isLike(file: string): (name: string) => boolean {
  return (name) => endingOf(name) === endingOf(file);
}

function endingOf(name: string): string {
  return extname(name).replace(/^\.yml$/, ".yaml");
}
