import type { Options } from "./options";
import { type Sample, takeSamples } from "./sample";

/** The data about a watched backend. */
export interface Watched {
  readonly backend: string;
  readonly served: number;
  /** Seconds from the start to its first answer, and to its last. */
  readonly first: number;
  readonly last: number;
}

/** Seconds without an answer after which a backend is reported as gone. */
const GONE_SECONDS = 10;

/** The backends, in the order in which they appeared. */
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

/** The current table: a line for each backend, and the failures. */
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
 * Sends requests until the time is over.
 *
 * @param show - called with the table every second
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
