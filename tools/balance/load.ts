import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** A request and its result. */
export interface Sample {
  /** Milliseconds from the start to its end. */
  readonly at: number;
  /** Milliseconds that it took. */
  readonly took: number;
  /** The backend that served it; undefined if the answer doesn't say. */
  readonly backend: string | undefined;
  /** Why there is no good answer; undefined if there is one. */
  readonly failure: string | undefined;
}

/** The requests to send. */
export interface Load {
  readonly port: number;
  /** The host name in the certificate and the frontend. */
  readonly host: string;
  readonly path: string;
  /** The certificate authority, PEM. */
  readonly ca: string;
  /** The maximum number of requests. */
  readonly requests: number;
  /**
   * Seconds after which no more requests are sent.
   *
   * @default Infinity
   */
  readonly seconds?: number;
  /** Requests at a time. */
  readonly concurrency: number;
  /**
   * Milliseconds that a visitor waits between requests.
   *
   * @default 0
   */
  readonly pause?: number;
  /** Called after each request with the number of ended requests. */
  readonly progress?: (ended: number, atMilliseconds: number) => void;
}

/** Milliseconds until a client times out. */
const PATIENCE = 20_000;

/** Sends all requests, several at a time on keep-alive connections, and returns their results. It retries none. */
export async function send(load: Load): Promise<Sample[]> {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: load.concurrency,
    ca: load.ca,
    servername: load.host,
  });
  const start = performance.now();
  const end = start + (load.seconds ?? Infinity) * 1000;
  const samples: Sample[] = [];
  let begun = 0;
  const visitor = async (): Promise<void> => {
    while (begun < load.requests && performance.now() < end) {
      begun++;
      const before = performance.now();
      const { backend, failure } = await ask(load, agent);
      const now = performance.now();
      samples.push({ at: now - start, took: now - before, backend, failure });
      load.progress?.(samples.length, now - start);
      if (load.pause !== undefined) await sleep(load.pause);
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, visitor));
  agent.destroy();
  return samples;
}

function ask({ port, host, path }: Load, agent: Agent): Promise<Pick<Sample, "backend" | "failure">> {
  return new Promise((resolve) => {
    const asked = request(
      { host: "127.0.0.1", port, path, agent, headers: { Host: host }, timeout: PATIENCE },
      (response) => {
        const { statusCode = 0 } = response;
        const served = response.headers["x-served-by"];
        const backend = typeof served === "string" ? served.split(";")[0] : undefined;
        const failure = statusCode >= 200 && statusCode < 400 ? undefined : `status ${statusCode}`;
        response.on("error", (error) => resolve({ backend, failure: error.message }));
        response.on("end", () => resolve({ backend, failure })).resume();
      },
    );
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
    asked.on("error", (error) => resolve({ backend: undefined, failure: error.message }));
    asked.end();
  });
}
