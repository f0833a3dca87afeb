import { Farm } from "./farm";
import { judge, type Member, type Result } from "./judge";
import { type Sample, send } from "./load";
import type { Options } from "./options";

/** A fault injected into a backend during the run. */
export interface Fault {
  /** Milliseconds from the start. */
  readonly at: number;
  /** The fault and the backend: `kill store-3`. */
  readonly what: string;
}

/** The result, and the data for the chart. */
export interface Run {
  readonly result: Result;
  readonly members: readonly Member[];
  readonly samples: readonly Sample[];
  readonly faults: readonly Fault[];
}

/** Milliseconds that a slow backend takes longer. */
const SLOW_MILLISECONDS = 50;

/** The share of requests after which backends are killed, and drained. */
const FAULTS_AFTER = { kill: 0.5, drain: 0.7 } as const;

/** HAProxy's greatest weight. */
const MOST_WEIGHT = 256;

/**
 * Starts everything, sends the requests, and stops everything again, whatever happens.
 *
 * @throws CliError if a required program is missing
 */
export async function run(options: Options): Promise<Run> {
  const farm = await Farm.start({
    stack: options.stack,
    backends: options.weights.length,
    changes: { balance: options.algorithm },
  });
  const interrupted = (): void => {
    farm.abort();
    process.exit(130);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const members = farm.backends.map(({ name }, index): Member => ({
      name,
      weight: options.weights[index] ?? 1,
      isSlow: index < options.slow,
    }));
    for (const [index, backend] of farm.backends.entries()) {
      if (members[index]?.isSlow === true) await backend.slowDown(SLOW_MILLISECONDS);
      await farm.fill(backend, weightOf(options.weights, index));
    }
    await farm.untilUp(farm.backends.length);

    const faults: Fault[] = [];
    const plan = planFaults(options, farm);
    const samples = await send({
      port: farm.port,
      host: farm.host,
      path: options.path,
      ca: farm.ca,
      requests: options.requests,
      concurrency: options.concurrency,
      progress(ended, at) {
        for (const fault of plan.filter(({ after }) => after === ended)) {
          faults.push({ at, what: fault.what });
          fault.happen();
        }
      },
    });
    const faultAt = Math.min(...faults.map(({ at }) => at), Infinity);
    return { result: judge(options.algorithm, members, samples, faultAt), members, samples, faults };
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await farm.stop();
  }
}

/** Scales the weights up as far as HAProxy allows, which gives the most precise shares. */
function weightOf(weights: readonly number[], index: number): number {
  return (weights[index] ?? 1) * Math.floor(MOST_WEIGHT / Math.max(...weights));
}

interface PlannedFault {
  /** The number of requests after which it happens. */
  readonly after: number;
  readonly what: string;
  readonly happen: () => void;
}

function planFaults({ requests, kill, drain }: Options, farm: Farm): PlannedFault[] {
  const { backends, haproxy } = farm;
  const killed = backends.slice(backends.length - kill);
  const drained = backends.slice(backends.length - kill - drain, backends.length - kill);
  return [
    ...killed.map((backend) => ({
      after: Math.ceil(requests * FAULTS_AFTER.kill),
      what: `kill ${backend.name}`,
      happen: () => void backend.process.kill("SIGKILL"),
    })),
    ...drained.map((backend) => ({
      after: Math.ceil(requests * FAULTS_AFTER.drain),
      what: `drain ${backend.name}`,
      happen: () => void haproxy.ask(`set server ${farm.slot(backend)} state drain`),
    })),
  ];
}
