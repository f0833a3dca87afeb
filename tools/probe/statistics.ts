import { jStat } from "jstat";

const { chisquare } = jStat;

/** The minimum number of requests to each backend for chi-square to hold (Cochran 1954, Biometrics 10:417). */
const LEAST_EXPECTED = 5;

/** The sum of numbers. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** Weights as shares, which add up to 1. */
export function sharesOf(weights: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const whole = sum(weights.values());
  return new Map([...weights].map(([name, weight]) => [name, weight / whole]));
}

/**
 * Pearson's statistic: how far counts are from their expected values.
 *
 * @param counts - requests by backend
 * @param shares - the expected share of each, adding up to 1
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

/** The probability of a statistic at least as high if the shares are as expected. */
export function upperTail(statistic: number, degrees: number): number {
  return 1 - chisquare.cdf(statistic, degrees);
}

/**
 * The probability of a statistic at most as low if each request is assigned at random: detects counts that are too
 * even.
 */
export function lowerTail(statistic: number, degrees: number): number {
  return chisquare.cdf(statistic, degrees);
}

/**
 * The probability of detecting a deviation: the tail of the noncentral chi-square distribution, as a mixture of
 * central ones.
 *
 * @param effect - Cohen's w
 * @see Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988, chapter 7
 */
export function powerOf(requests: number, degrees: number, effect: number, alpha: number): number {
  const critical = chisquare.inv(1 - alpha, degrees);
  const half = (requests * effect ** 2) / 2;
  const most = Math.ceil(half + 12 * Math.sqrt(half) + 30);
  let missed = 0;
  // Poisson weights, each from the previous one.
  for (let extra = 0, weight = Math.exp(-half); extra <= most; weight *= half / ++extra)
    missed += weight * chisquare.cdf(critical, degrees + 2 * extra);
  return 1 - missed;
}

/**
 * The number of requests needed to detect a deviation of `effect` with a probability of `power`, and to give every
 * backend at least five expected requests.
 *
 * @param shares - the expected share of each backend
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
