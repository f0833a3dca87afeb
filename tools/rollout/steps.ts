import type { Colour } from "./options";
import { otherThan, type Position, shareOf } from "./release";

/** A change of the stack, and what it is called. */
export interface Step {
  readonly title: string;
  readonly position: Position;
}

/**
 * What is left to do from a position until a colour has all visitors and is live. Where it has none yet it is filled
 * first; whether that was done before doesn't matter, as it changes nothing the second time.
 */
export function stepsTo(to: Colour, from: Position, shares: readonly number[]): Step[] {
  if (from.live === to) return [];
  const old = otherThan(to);
  const at = (percent: number, live: Colour): Position => {
    const weights = { [to]: percent, [old]: 100 - percent } as Record<Colour, number>;
    return { live, weights };
  };
  const share = shareOf(from, to);
  const fill: Step[] = share > 0 ? [] : [{ title: `fill ${to}`, position: at(0, old) }];
  const moves = shares
    .filter((percent) => percent > share)
    .map((percent) => ({ title: `${percent} % to ${to}`, position: at(percent, old) }));
  return [...fill, ...moves, { title: `make ${to} live`, position: at(100, to) }];
}

/** All visitors at the live colour; the other one keeps its instances. */
export function backAt({ live }: Position): Position {
  return { live, weights: { blue: live === "blue" ? 100 : 0, green: live === "green" ? 100 : 0 } };
}
