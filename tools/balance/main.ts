import { writeFileSync } from "node:fs";

import { statusOf, type Streams } from "../cli/command";
import { type Options, readOptions, USAGE } from "./options";
import { plotRun } from "./plot";
import type { Run } from "./run";

const EXIT = { pass: 0, fail: 1, usage: 2 } as const;

/**
 * Runs the command line.
 *
 * @returns the exit status
 */
export function main(argv: readonly string[], streams: Streams): Promise<number> {
  const print = (text: string): void => void streams.stdout.write(`${text}\n`);
  return statusOf("balance", () => show(argv, print), streams, EXIT.usage);
}

async function show(argv: readonly string[], print: (text: string) => void): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    print(USAGE);
    return EXIT.pass;
  }
  // Loaded late: a stack's settings load Pulumi's SDK, which takes two seconds.
  const { run } = require("./run") as typeof import("./run");
  const ran = await run(options);
  const { reasons: _, ...result } = ran.result;
  print(options.json ? JSON.stringify(result, null, 2) : toText(ran, options));
  if (options.chart !== undefined) writeChart(options.chart, ran, titleOf(options));
  return EXIT[ran.result.verdict];
}

function writeChart(file: string, ran: Run, title: string): void {
  // Loaded here because few runs need it, and it is large.
  const { drawChart, toSvgFile } =
    require("../../packages/rehearse/charts") as typeof import("../../packages/rehearse/charts");
  const { toPng } =
    require("../../packages/rehearse/charts/png") as typeof import("../../packages/rehearse/charts/png");
  const chart = plotRun(ran, title);
  const svg = toSvgFile(drawChart(chart));
  writeFileSync(`${file}.svg`, svg);
  const png = toPng(svg, 2 * chart.width);
  if (png !== undefined) writeFileSync(`${file}.png`, png);
}

function titleOf({ algorithm, weights, requests }: Options): string {
  const weighted = weights.every((weight) => weight === weights[0]) ? "" : `, weights ${weights.join(" : ")}`;
  return `HAProxy, ${algorithm}${weighted}: ${requests} requests`;
}

function toText({ result, members, faults }: Run, options: Options): string {
  const total = Object.values(result.served).reduce((sum, count) => sum + count, 0);
  const rows = members.map(({ name, isSlow }) => {
    const count = result.served[name] ?? 0;
    const share = total === 0 ? 0 : count / total;
    const percent = (value: number): string => `${(100 * value).toFixed(1)} %`.padStart(8);
    const bar = "█".repeat(Math.round(40 * share));
    return `  ${(isSlow ? `${name}, slow` : name).padEnd(16)}${String(count).padStart(7)}${percent(share)}${percent(result.wanted[name] ?? 0)}  ${bar}`;
  });
  const { p50, p95, p99 } = result.latencyMs;
  return [
    titleOf(options),
    "",
    `  ${"".padEnd(16)} served   share  wanted`,
    ...rows,
    "",
    ...faults.map(({ at, what }) => `  at ${(at / 1000).toFixed(1)} s: ${what}`),
    `  latency: ${p50} ms median, ${p95} ms p95, ${p99} ms p99`,
    ...result.reasons.map((reason) => `  ${reason}`),
    "",
    `Verdict: ${result.verdict}`,
  ].join("\n");
}

if (require.main === module)
  void main(process.argv.slice(2), process).then((status) => (process.exitCode = status));
