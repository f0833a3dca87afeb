import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { requireStack } from "../cli/stacks";

export const USAGE = `npm run balance -- [options]

Starts HAProxy with a stack's own frontend, copies of the store behind it, and a newly generated certificate;
sends requests by HTTPS; and shows how many each copy served. Everything runs on this machine.

  --algorithm NAME       roundrobin (default) or leastconn
  --weights W,W,…        a weight for each backend (default: all the same)
  --backends N           copies of the store, 1 to 16 (default: 3, or as many as there are weights)
  --requests N           requests to send (default: 20000)
  --concurrency N        requests at a time (default: 32)
  --path PATH            path of the requests (default: /healthz)
  --slow N               backends that take 50 ms longer, starting with the first
  --kill N               backends that are killed during the run, starting with the last
  --drain N              backends that are drained during the run, before the killed ones
  --stack NAME           the stack whose frontend is used: Pulumi.NAME.yaml (default: dev)
  --chart FILE           draw the result: FILE.svg and FILE.png (default: none)
  --json                 print the result as JSON on stdout (use npm run -s)
  --help                 print this help

Exit status: 0 the shares are right and no request failed, 1 otherwise, 2 bad usage, or HAProxy is missing.`;

/** The algorithms, in HAProxy's words. */
export const ALGORITHMS = ["roundrobin", "leastconn"] as const;

/** The command line, checked. */
export interface Options {
  readonly algorithm: (typeof ALGORITHMS)[number];
  /** One for each backend. */
  readonly weights: readonly number[];
  readonly requests: number;
  readonly concurrency: number;
  readonly path: string;
  /** The number of slow backends, starting with the first. */
  readonly slow: number;
  /** The number of killed backends, starting with the last. */
  readonly kill: number;
  /** The number of drained backends, before the killed ones. */
  readonly drain: number;
  readonly stack: string;
  /** The path of the charts without the file ending; undefined for none. */
  readonly chart: string | undefined;
  readonly json: boolean;
}

const OPTIONS = {
  algorithm: TEXT,
  weights: TEXT,
  backends: TEXT,
  requests: TEXT,
  concurrency: TEXT,
  path: TEXT,
  slow: TEXT,
  kill: TEXT,
  drain: TEXT,
  stack: TEXT,
  chart: TEXT,
  json: FLAG,
} as const;

/**
 * Reads the command line.
 *
 * @returns undefined if help was asked for
 * @throws UsageError naming all faults
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const line = readCommandLine(USAGE, argv, OPTIONS, false);
  if (line === undefined) return undefined;
  const { values } = line;
  const stack = values.stack ?? "dev";
  requireStack(stack);
  const reader = new OptionReader(values, "balance");
  const algorithm = reader.oneOf("algorithm", ALGORITHMS, "roundrobin");
  const given = values.weights?.split(",").map((text) => (/^\d{1,3}$/.test(text) ? Number(text) : NaN));
  const backends = reader.whole("backends", { from: 1, to: 16, fallback: given?.length ?? 3 });
  if (given?.some((weight) => !(weight >= 1 && weight <= 256)))
    reader.refuse(`--weights is "${values.weights}"; it must be whole numbers from 1 to 256, such as 3,1,1`);
  else if (given !== undefined && backends >= 1 && given.length !== backends)
    reader.refuse(
      `--weights has ${given.length} weights, but there are ${backends} backends; give one for each, or leave out --backends`,
    );
  const slow = reader.whole("slow", { from: 0, to: 16, fallback: 0 });
  const kill = reader.whole("kill", { from: 0, to: 15, fallback: 0 });
  const drain = reader.whole("drain", { from: 0, to: 15, fallback: 0 });
  if (slow > backends) reader.refuse(`--slow is ${slow}, but there are ${backends} backends`);
  if (kill + drain >= backends)
    reader.refuse(
      `--kill and --drain take ${kill + drain} of ${backends} backends; at least one must remain`,
    );
  return reader.finish({
    algorithm,
    weights: given ?? Array.from({ length: backends >= 1 ? backends : 1 }, () => 1),
    requests: reader.whole("requests", { from: 100, to: 200_000, fallback: 20_000 }),
    concurrency: reader.whole("concurrency", { from: 1, to: 256, fallback: 32 }),
    path: reader.urlPath("path") ?? "/healthz",
    slow,
    kill,
    drain,
    stack,
    chart: reader.fileToWrite("chart")?.replace(/\.(?:svg|png)$/, ""),
    json: values.json ?? false,
  });
}
