import { existsSync } from "node:fs";
import { dirname } from "node:path";

import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { unknownStack } from "../../packages/rehearse/cli/stack-names";
import { CliError } from "../cli/command";

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

/**
 * Reads the command line.
 *
 * @returns undefined if help was asked for
 * @throws CliError naming every fault
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const known = {
    ...{ algorithm: TEXT, weights: TEXT, backends: TEXT, requests: TEXT, concurrency: TEXT, path: TEXT },
    ...{ slow: TEXT, kill: TEXT, drain: TEXT, stack: TEXT, chart: TEXT, json: FLAG },
  };
  const line = readCommandLine(USAGE, argv, known, false);
  if (line === undefined) return undefined;
  const { values } = line;
  const stack = values.stack ?? "dev";
  const unknown = unknownStack(process.cwd(), stack);
  if (unknown !== undefined) throw new CliError(unknown);
  const faults: string[] = [];
  const whole = (
    name: string,
    given: string | undefined,
    fallback: number,
    minimum: number,
    maximum: number,
  ) => {
    const value = given === undefined ? fallback : /^\d{1,7}$/.test(given) ? Number(given) : NaN;
    if (!(value >= minimum && value <= maximum))
      faults.push(
        `--${name} is "${given}"; it must be a whole number from ${minimum} to ${maximum}, such as ${fallback}`,
      );
    return value;
  };
  const given = values.weights?.split(",").map((text) => (/^\d{1,3}$/.test(text) ? Number(text) : NaN));
  const backends = whole("backends", values.backends, given?.length ?? 3, 1, 16);
  if (given?.some((weight) => !(weight >= 1 && weight <= 256)))
    faults.push(`--weights is "${values.weights}"; it must be whole numbers from 1 to 256, such as 3,1,1`);
  else if (given !== undefined && backends >= 1 && given.length !== backends)
    faults.push(
      `--weights has ${given.length} weights and there are ${backends} backends; give one for each, or leave --backends out`,
    );
  const algorithm = ALGORITHMS.find((each) => each === (values.algorithm ?? "roundrobin"));
  if (algorithm === undefined)
    faults.push(`--algorithm is "${values.algorithm}"; it must be ${ALGORITHMS.join(" or ")}`);
  const path = values.path ?? "/healthz";
  if (!/^\/[\x21-\x7e]{0,1000}$/.test(path))
    faults.push(`--path is "${path}"; it must be a path that begins with /`);
  if (values.chart !== undefined && !existsSync(dirname(values.chart)))
    faults.push(`--chart ${values.chart}: the folder ${dirname(values.chart)} doesn't exist`);
  const slow = whole("slow", values.slow, 0, 0, 16);
  const kill = whole("kill", values.kill, 0, 0, 15);
  const drain = whole("drain", values.drain, 0, 0, 15);
  if (backends >= 1 && slow > backends) faults.push(`--slow is ${slow}, and there are ${backends} backends`);
  if (backends >= 1 && kill + drain >= backends)
    faults.push(`--kill and --drain take ${kill + drain} of ${backends} backends; one has to be left`);
  const options = {
    algorithm: algorithm ?? "roundrobin",
    weights: given ?? Array.from({ length: backends >= 1 ? backends : 1 }, () => 1),
    requests: whole("requests", values.requests, 20_000, 100, 200_000),
    concurrency: whole("concurrency", values.concurrency, 32, 1, 256),
    ...{ path, slow, kill, drain, stack, chart: values.chart?.replace(/\.(?:svg|png)$/, "") },
    json: values.json ?? false,
  };
  if (faults.length > 0) throw new CliError(faults.join("\n"));
  return options;
}
