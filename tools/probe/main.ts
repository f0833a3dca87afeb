import { writeFileSync } from "node:fs";

import { weightsOfStack } from "./fleet";
import { readOptions, type Options, USAGE } from "./options";
import { plotWatch } from "./plot";
import { probe } from "./probe";
import { toJunit, toText } from "./report";
import { CliError, statusOf, type Streams } from "../cli/command";
import type { Sample } from "./sample";
import { watch, watchTable } from "./watch";

const EXIT = { pass: 0, fail: 1, usage: 2, incomplete: 3 } as const;

/**
 * Runs the command line.
 *
 * @returns the exit status
 */
export function run(argv: readonly string[], streams: Streams): Promise<number> {
  return statusOf("probe", () => judge(argv, streams), streams, EXIT.usage);
}

async function judge(argv: readonly string[], streams: Streams): Promise<number> {
  const print = (text: string): void => void streams.stdout.write(`${text}\n`);
  const options = readOptions(argv);
  if (options === undefined) {
    print(USAGE);
    return EXIT.pass;
  }
  if (options.watch) return watchOn(options, streams, print);
  const weights =
    options.stack === undefined ? options.expect : await weightsOfStack(options.stack, options.application);
  const report = await probe(options, weights);
  print(options.json ? JSON.stringify(report, null, 2) : toText(report));
  if (options.junitFile !== undefined) writeFileSync(options.junitFile, toJunit(report));
  return EXIT[report.verdict];
}

/** Passes if no request failed. */
async function watchOn(
  options: Options,
  { stderr }: Streams,
  print: (text: string) => void,
): Promise<number> {
  let lines = 0;
  const samples = await watch(options, (table) => {
    if (stderr.isTTY !== true) return;
    stderr.write(`${lines > 0 ? `\u001b[${lines}A\u001b[J` : ""}${table}\n`);
    lines = table.split("\n").length;
  });
  if (samples.every(({ failure, backend }) => failure !== undefined && backend === undefined))
    throw new CliError(`${options.url.href} can't be reached: ${samples[0]?.failure ?? "nothing was asked"}`);
  if (options.chartFile !== undefined) writeChart(options.chartFile, samples);
  const failures = samples.filter(({ failure }) => failure !== undefined);
  if (options.json) {
    const told = { url: options.url.href, requests: samples.length, failed: failures.length, samples };
    print(JSON.stringify(told, null, 2));
  } else print(watchTable(samples, options.seconds));
  return failures.length > 0 ? EXIT.fail : EXIT.pass;
}

function writeChart(file: string, samples: readonly Sample[]): void {
  // Seldom needed, and large.
  const charts = require("../../packages/rehearse/charts") as typeof import("../../packages/rehearse/charts");
  writeFileSync(file, charts.toSvgFile(charts.drawChart(plotWatch(samples))));
}

if (require.main === module)
  void run(process.argv.slice(2), process).then((status) => (process.exitCode = status));
