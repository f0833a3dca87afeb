/**
 * Counts durations in buckets whose widths grow with them, so that any percentile is within one percent, in memory that
 * stays the same however many there are.
 *
 * @see https://hdrhistogram.github.io/HdrHistogram/ for the idea
 */
export class Histogram {
  private readonly counts = new Float64Array(BUCKETS);
  private total = 0;
  private sum = 0;

  /** Counts one. @param seconds - Shorter ones than a microsecond count as one. */
  add(seconds: number): void {
    const bucket = seconds <= LEAST ? 0 : Math.ceil(Math.log(seconds / LEAST) / WIDTH);
    const index = bucket < BUCKETS ? bucket : BUCKETS - 1;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.total++;
    this.sum += seconds;
  }

  get count(): number {
    return this.total;
  }

  /** NaN if there are none. */
  get mean(): number {
    return this.sum / this.total;
  }

  /** The duration that so large a part, from 0 to 1, doesn't exceed; NaN if there are none. */
  percentile(part: number): number {
    let left = part * this.total;
    if (this.total === 0) return NaN;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      left -= this.counts[bucket] ?? 0;
      // The middle of the bucket.
      if (left <= 0) return LEAST * Math.exp(WIDTH * (bucket - 0.5));
    }
    return LEAST * Math.exp(WIDTH * BUCKETS);
  }
}

/** Seconds. */
const LEAST = 1e-6;
const WIDTH = Math.log(1.01);
/** Up to a day. */
const BUCKETS = Math.ceil(Math.log(86_400 / LEAST) / WIDTH);
