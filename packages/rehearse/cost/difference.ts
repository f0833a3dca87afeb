import type { Cost } from "./index";

/** The effect of a change on the cost of a stack. */
export interface CostDifference {
  readonly before: Cost;
  readonly after: Cost;
  /** The resources whose cost changes, the largest change first, in US dollars a month. */
  readonly resources: readonly {
    readonly urn: string;
    readonly monthly: number;
    readonly mostMonthly: number;
  }[];
}

/** Less than half a cent a month counts as no change. */
export const NOTHING = 0.005;

/**
 * Compares two costs of a stack.
 *
 * @param renamed - the current URN of a resource that an alias matched to another URN
 */
export function differenceOf(
  before: Cost,
  after: Cost,
  renamed: ReadonlyMap<string, string>,
): CostDifference {
  const totals = new Map<string, { monthly: number; mostMonthly: number }>();
  const add = ({ items }: Cost, sign: 1 | -1): void => {
    for (const { urn, monthly, mostMonthly } of items) {
      const now = sign < 0 ? (renamed.get(urn) ?? urn) : urn;
      const total = totals.get(now) ?? { monthly: 0, mostMonthly: 0 };
      totals.set(now, {
        monthly: total.monthly + sign * monthly,
        mostMonthly: total.mostMonthly + sign * mostMonthly,
      });
    }
  };
  add(before, -1);
  add(after, 1);
  const resources = [...totals]
    .map(([urn, total]) => ({ urn, ...total }))
    .filter(({ monthly, mostMonthly }) => Math.max(Math.abs(monthly), Math.abs(mostMonthly)) >= NOTHING)
    .sort(
      (a, b) =>
        Math.abs(b.monthly) - Math.abs(a.monthly) || Math.abs(b.mostMonthly) - Math.abs(a.mostMonthly),
    );
  return { before, after, resources };
}
