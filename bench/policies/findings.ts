/** One thing that a tool said of a program. */
export interface Reported {
  /** The tool's own name of the check. */
  readonly check: string;
  /** URN or logical id of the resource; empty for the program. */
  readonly resource: string;
  /** True if the tool would fail a build for it, as it is configured by default. */
  readonly fails: boolean;
  readonly message: string;
}

/** What a tool says of programs, by their keys; a program that it can't read has none. */
export type Reports = ReadonlyMap<string, readonly Reported[]>;

/** What is reported of one program and not, or less often, of another. */
export function difference(one: readonly Reported[], other: readonly Reported[]): Reported[] {
  const known = new Map<string, number>();
  const keyOf = ({ check, resource }: Reported): string => `${check} ${resource}`;
  for (const each of other) known.set(keyOf(each), (known.get(keyOf(each)) ?? 0) + 1);
  return one.filter((each) => {
    const left = known.get(keyOf(each)) ?? 0;
    known.set(keyOf(each), left - 1);
    return left <= 0;
  });
}
