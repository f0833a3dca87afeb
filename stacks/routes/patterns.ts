/**
 * Patterns of a listener rule's hosts and paths: `*` stands for any characters, none too, and `?` for one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */

/**
 * Whether whatever matches a pattern of a listener rule matches the outer one, too. True only if it is so: of some patterns with several wildcards it says no though they do. Not by a regular expression:
 * for many wildcards it would take for ever.
 */
export function covers(outer: string, pattern: string): boolean {
  // How much of the outer pattern may have matched what has been read of the other.
  const withStars = (lengths: readonly number[]): number[] => [
    ...new Set(
      lengths.flatMap((length) => {
        const stars = /^\**/.exec(outer.slice(length))?.[0].length ?? 0;
        return Array.from({ length: stars + 1 }, (_, index) => length + index);
      }),
    ),
  ];
  const read = (lengths: readonly number[], character: string): number[] =>
    withStars(
      lengths.flatMap((length) => {
        const next = outer[length];
        if (next === "*") return [length];
        return next === character || (next === "?" && character !== "*") ? [length + 1] : [];
      }),
    );
  return [...pattern].reduce(read, withStars([0])).includes(outer.length);
}

/** Whether whatever matches any of the patterns matches one of the outer ones, too; no patterns match everything. */
export function coversAll(outer: readonly string[], patterns: readonly string[]): boolean {
  if (outer.length === 0) return true;
  return patterns.length > 0 && patterns.every((pattern) => outer.some((one) => covers(one, pattern)));
}

/** Whether something matches both patterns. */
export function overlaps(one: string, other: string): boolean {
  // Pairs of places up to which both patterns have matched the same text.
  const seen = new Set<string>();
  const ahead: (readonly [number, number])[] = [[0, 0]];
  for (let pair = ahead.pop(); pair !== undefined; pair = ahead.pop()) {
    const [at, otherAt] = pair;
    if (at === one.length && otherAt === other.length) return true;
    if (seen.has(`${at} ${otherAt}`)) continue;
    seen.add(`${at} ${otherAt}`);
    const mine = one[at];
    const its = other[otherAt];
    if (mine === "*") ahead.push([at + 1, otherAt]);
    if (its === "*") ahead.push([at, otherAt + 1]);
    if (mine === undefined || its === undefined) continue;
    const isWild = [mine, its].some((character) => character === "*" || character === "?");
    if (isWild || mine === its) ahead.push([mine === "*" ? at : at + 1, its === "*" ? otherAt : otherAt + 1]);
  }
  return false;
}

/** Whether something matches a pattern of each list; no patterns match everything. */
export function overlapsAny(some: readonly string[], others: readonly string[]): boolean {
  if (some.length === 0 || others.length === 0) return true;
  return some.some((one) => others.some((other) => overlaps(one, other)));
}

/**
 * Whether a host that a name on a certificate covers matches a pattern.
 *
 * @param name - as it is on the certificate: `*` for its first label stands for one label
 * @see https://www.rfc-editor.org/rfc/rfc9525#section-6.3
 */
export function meetsName(pattern: string, name: string): boolean {
  if (!name.startsWith("*.")) return covers(pattern, name);
  // The label may end anywhere in the pattern's first one, and within each of its stars.
  const [first = ""] = pattern.split(".");
  const rests = Array.from(
    first,
    (character, index) => (character === "*" ? "*" : "") + pattern.slice(index + 1),
  );
  return rests.some((rest) => covers(rest, name.slice(1)));
}
