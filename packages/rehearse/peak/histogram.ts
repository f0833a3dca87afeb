/**
 * Counts durations in buckets that grow with the duration, so that any percentile is accurate to one percent. The
 * memory doesn't depend on the number of durations.
 *
 * @see https://hdrhistogram.github.io/HdrHistogram/ for the idea
 */
export class Histogram {
  private readonly counts = new Float64Array(BUCKETS);
  private total = 0;
  private sum = 0;

  /** Counts a duration. @param seconds - less than a microsecond counts as one microsecond */
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

  /** NaN without any duration. */
  get mean(): number {
    return this.sum / this.total;
  }

  /** The duration that a share (0 to 1) of the durations doesn't exceed; NaN without any duration. */
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
