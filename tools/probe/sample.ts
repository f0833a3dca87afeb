import { setTimeout as sleep } from "node:timers/promises";

import { type Answer, ask, headerOf } from "./ask";
import type { Options } from "./options";

/** A request and the backend that served it. */
export interface Sample {
  /** Milliseconds since the first one. */
  readonly at: number;
  /** The backend; undefined for a failure, or if the answer doesn't say. */
  readonly backend: string | undefined;
  readonly zone: string | undefined;
  readonly milliseconds: number;
  /** The fault, if it failed: no answer, or a status of 500 and above. */
  readonly failure: string | undefined;
}

type Settings = Pick<Options, "url" | "header" | "ca" | "identity" | "rate" | "concurrency" | "seconds">;

/**
 * Sends up to `count` requests, no faster than `rate`, no longer than `seconds`.
 *
 * @param onSample - called after each request
 */
export async function takeSamples(
  settings: Settings,
  count: number,
  onSample: (sample: Sample) => void = () => undefined,
): Promise<Sample[]> {
  const { url, header, ca, identity, rate, concurrency, seconds } = settings;
  const samples: Sample[] = [];
  const started = performance.now();
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < count) {
      const due = started + (sent++ * 1000) / rate;
      await sleep(Math.max(0, due - performance.now()));
      if (performance.now() - started > seconds * 1000) return;
      const at = performance.now() - started;
      const sample = sampleOf(await ask(url, { ca, identity }), header, at);
      samples.push(sample);
      onSample(sample);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
  return samples;
}

function sampleOf(answer: Answer, header: string, at: number): Sample {
  const { milliseconds, status, error } = answer;
  const failure = error ?? (status >= 500 ? `status ${status}` : undefined);
  return { at, milliseconds, failure, ...servedBy(answer, header) };
}

/** The backend is the part before the first semicolon; its zone follows. */
export function servedBy(
  answer: Pick<Answer, "headers">,
  header: string,
): { readonly backend: string | undefined; readonly zone: string | undefined } {
  const [backend = "", ...parameters] = headerOf(answer, header)
    .split(";")
    .map((part) => part.trim());
  const zone = parameters.find((part) => part.startsWith("zone="))?.slice("zone=".length);
  return { backend: backend === "" ? undefined : backend, zone };
}

/** Requests by backend, and by its zone. */
export function countBy(
  samples: readonly Sample[],
  key: (sample: Sample) => string | undefined,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const name = key(sample);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
