import { jStat } from "jstat";

const { chisquare } = jStat;

/** The minimum number of requests to each backend for chi-square to hold (Cochran 1954, Biometrics 10:417). */
const LEAST_EXPECTED = 5;

/** All of them together. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** Weights as shares of the whole, which sum up to 1. */
export function sharesOf(weights: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const whole = sum(weights.values());
  return new Map([...weights].map(([name, weight]) => [name, weight / whole]));
}

/**
 * Pearson's statistic: how far counts are from what was expected.
 *
 * @param counts - requests by backend
 * @param shares - the share expected of each, summing up to 1
 */
export function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const total = sum(counts);
  return sum(
    counts.map((count, index) => {
      const expected = total * (shares[index] ?? 0);
      return (count - expected) ** 2 / expected;
    }),
  );
}

/** The chance of a statistic at least as high though the shares are as expected. */
export function upperTail(statistic: number, degrees: number): number {
  return 1 - chisquare.cdf(statistic, degrees);
}

/** The chance of a statistic as low though each request goes anywhere by chance: counts that are too even for that. */
export function lowerTail(statistic: number, degrees: number): number {
  return chisquare.cdf(statistic, degrees);
}

/**
 * The chance to notice a deviation: the noncentral chi-square distribution's tail, as a mixture of central ones.
 *
 * @param effect - Cohen's w
 * @see Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988, chapter 7
 */
export function powerOf(requests: number, degrees: number, effect: number, alpha: number): number {
  const critical = chisquare.inv(1 - alpha, degrees);
  const half = (requests * effect ** 2) / 2;
  const most = Math.ceil(half + 12 * Math.sqrt(half) + 30);
  let missed = 0;
  // Poisson's weights, each from the one before.
  for (let extra = 0, weight = Math.exp(-half); extra <= most; weight *= half / ++extra)
    missed += weight * chisquare.cdf(critical, degrees + 2 * extra);
  return 1 - missed;
}

/**
 * Requests that it takes to notice a deviation of `effect` with a chance of `power`, and for every backend to be due
 * five of them.
 *
 * @param shares - the share expected of each backend
 */
export function sampleSize(
  shares: readonly number[],
  { power, effect, alpha }: { readonly power: number; readonly effect: number; readonly alpha: number },
): number {
  const degrees = shares.length - 1;
  const minimum = Math.ceil(LEAST_EXPECTED / Math.min(...shares));
  if (degrees < 1) return Math.max(minimum, 20);
  let low = 1;
  let high = 2;
  while (powerOf(high, degrees, effect, alpha) < power) high *= 2;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (powerOf(middle, degrees, effect, alpha) < power) low = middle + 1;
    else high = middle;
  }
  return Math.max(low, minimum);
}
