import type { Colour } from "./options";
import { otherThan, type Position, shareOf } from "./release";

/** A change of the stack, and its title. */
export interface Step {
  readonly title: string;
  readonly position: Position;
}

/**
 * The remaining steps from a position until a colour has all visitors and is live. A colour without visitors is
 * filled first, even if it was filled before, which changes nothing.
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

/** The position with all visitors at the live colour; the other one keeps its instances. */
export function backAt({ live }: Position): Position {
  return { live, weights: { blue: live === "blue" ? 100 : 0, green: live === "green" ? 100 : 0 } };
}
