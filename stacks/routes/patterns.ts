/**
 * Patterns of a listener rule's hosts and paths: `*` matches zero or more characters, and `?` matches one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */

/**
 * Whether everything that matches a pattern of a listener rule also matches the outer one. May return false although it
 * does, for some patterns with several wildcards. A regular expression would take too long for many wildcards.
 */
export function covers(outer: string, pattern: string): boolean {
  // The lengths of the outer pattern that may match the part of the other pattern read so far.
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

/** Whether everything that matches one of the patterns also matches an outer one. An empty list matches everything. */
export function coversAll(outer: readonly string[], patterns: readonly string[]): boolean {
  if (outer.length === 0) return true;
  return patterns.length > 0 && patterns.every((pattern) => outer.some((one) => covers(one, pattern)));
}

/** Whether any text matches both patterns. */
export function overlaps(one: string, other: string): boolean {
  // Pairs of positions up to which both patterns have matched the same text.
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

/** Whether some text matches a pattern of each list. An empty list matches everything. */
export function overlapsAny(some: readonly string[], others: readonly string[]): boolean {
  if (some.length === 0 || others.length === 0) return true;
  return some.some((one) => others.some((other) => overlaps(one, other)));
}

/**
 * Whether a pattern matches any host that a name on a certificate covers.
 *
 * @param name - a name on a certificate; `*` as its first label matches one label
 * @see https://www.rfc-editor.org/rfc/rfc9525#section-6.3
 */
export function meetsName(pattern: string, name: string): boolean {
  if (!name.startsWith("*.")) return covers(pattern, name);
  // The label may end anywhere in the pattern's first label, or within one of its stars.
  const [first = ""] = pattern.split(".");
  const rests = Array.from(
    first,
    (character, index) => (character === "*" ? "*" : "") + pattern.slice(index + 1),
  );
  return rests.some((rest) => covers(rest, name.slice(1)));
}
