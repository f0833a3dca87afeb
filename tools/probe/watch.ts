import type { Options } from "./options";
import { type Sample, takeSamples } from "./sample";

/** What is known of a backend while it is watched. */
export interface Watched {
  readonly backend: string;
  readonly served: number;
  /** Seconds from the beginning to its first answer, and to its last. */
  readonly first: number;
  readonly last: number;
}

/** Seconds without an answer after which a backend is told as gone. */
const GONE_SECONDS = 10;

/** Who served, in the order in which they appeared. */
export function watched(samples: readonly Sample[]): Watched[] {
  const found = new Map<string, Watched>();
  for (const { backend, at } of [...samples].sort((a, b) => a.at - b.at)) {
    if (backend === undefined) continue;
    const before = found.get(backend);
    const seconds = at / 1000;
    found.set(backend, {
      backend,
      served: (before?.served ?? 0) + 1,
      first: before?.first ?? seconds,
      last: seconds,
    });
  }
  return [...found.values()];
}

/** The table of a moment: a line a backend, and the failures. */
export function watchTable(samples: readonly Sample[], now: number): string {
  const failures = samples.filter(({ failure }) => failure !== undefined);
  const rows = watched(samples).map(({ backend, served, first, last }) => {
    const state = now - last > GONE_SECONDS ? `gone since ${last.toFixed(0)} s` : "here";
    return `  ${backend.padEnd(24)} ${String(served).padStart(7)}  from ${first.toFixed(0).padStart(4)} s  ${state}`;
  });
  const last = failures.at(-1);
  const told = last ? `, the last at ${(last.at / 1000).toFixed(0)} s: ${last.failure}` : "";
  return [`${now.toFixed(0)} s, ${samples.length} requests, ${failures.length} failed${told}`, ...rows].join(
    "\n",
  );
}

/**
 * Asks until the time is over.
 *
 * @param show - given the table every second
 */
export async function watch(options: Options, show: (table: string) => void): Promise<Sample[]> {
  const started = performance.now();
  const seen: Sample[] = [];
  const timer = setInterval(() => show(watchTable(seen, (performance.now() - started) / 1000)), 1000);
  try {
    return await takeSamples(options, options.rate * options.seconds, (sample) => void seen.push(sample));
  } finally {
    clearInterval(timer);
  }
}
