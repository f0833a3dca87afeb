/** A finding of a tool for a program. */
export interface Reported {
  /** The tool's own name for the check. */
  readonly check: string;
  /** URN or logical id of the resource; empty for the program. */
  readonly resource: string;
  /** True if the finding would fail a build with the tool's default configuration. */
  readonly fails: boolean;
  readonly message: string;
}

/** A tool's findings by program; a program that the tool can't read has no entry. */
export type Reports = ReadonlyMap<string, readonly Reported[]>;

/** The findings that one program has, and another has not, or has less often. */
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
