import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { requireStack } from "../cli/stacks";

export const USAGE = `npm run balance -- [options]

Starts real HAProxy with a stack's own frontend, copies of the store behind it, and a certificate made on the spot;
sends requests by HTTPS; and shows how many each copy served. All on this machine.

  --algorithm NAME       roundrobin (default) or leastconn
  --weights W,W,…        a weight for each backend (default: all the same)
  --backends N           copies of the store, 1 to 16 (default: 3, or as many as there are weights)
  --requests N           requests to send (default: 20000)
  --concurrency N        requests at a time (default: 32)
  --path PATH            path of the requests (default: /healthz)
  --slow N               backends that take 50 ms longer, from the first on
  --kill N               backends that are killed on the way, from the last on
  --drain N              backends that are drained on the way, those before them
  --stack NAME           whose frontend: Pulumi.NAME.yaml (default: dev)
  --chart FILE           draw it: FILE.svg and FILE.png (default: none)
  --json                 print the result as JSON on stdout (use npm run -s)
  --help                 print this

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
  /** How many backends are slow, from the first on. */
  readonly slow: number;
  /** How many are killed, from the last on. */
  readonly kill: number;
  /** How many are drained, those before the killed ones. */
  readonly drain: number;
  readonly stack: string;
  /** Where charts go, without ending; undefined for none. */
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
 * @throws UsageError naming all that is wrong
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
      `--weights has ${given.length} weights and there are ${backends} backends; give one for each, or leave --backends out`,
    );
  const slow = reader.whole("slow", { from: 0, to: 16, fallback: 0 });
  const kill = reader.whole("kill", { from: 0, to: 15, fallback: 0 });
  const drain = reader.whole("drain", { from: 0, to: 15, fallback: 0 });
  if (slow > backends) reader.refuse(`--slow is ${slow}, and there are ${backends} backends`);
  if (kill + drain >= backends)
    reader.refuse(`--kill and --drain take ${kill + drain} of ${backends} backends; one has to be left`);
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
