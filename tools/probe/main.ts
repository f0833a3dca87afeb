import { writeFileSync } from "node:fs";

import { drawWatch } from "./chart";
import { weightsOfStack } from "./fleet";
import { readOptions, type Options, USAGE } from "./options";
import { probe } from "./probe";
import { toJunit, toText } from "./report";
import { ProbeError } from "./types";
import { watch, watchTable } from "./watch";

const EXIT = { pass: 0, fail: 1, usage: 2, incomplete: 3 } as const;

async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    console.log(USAGE);
    return EXIT.pass;
  }
  if (options.watch) return watchOn(options);
  const weights = options.stack === undefined ? options.expect : await weightsOfStack(options.stack);
  const report = await probe(options, weights);
  console.log(options.json ? JSON.stringify(report, null, 2) : toText(report));
  if (options.junitFile !== undefined) writeFileSync(options.junitFile, toJunit(report));
  return EXIT[report.verdict];
}

/** Passes if no request failed. */
async function watchOn(options: Options): Promise<number> {
  const { isTTY } = process.stderr;
  let lines = 0;
  const samples = await watch(options, (table) => {
    if (!isTTY) return;
    process.stderr.write(`${lines > 0 ? `\u001b[${lines}A\u001b[J` : ""}${table}\n`);
    lines = table.split("\n").length;
  });
  if (samples.every(({ failure, backend }) => failure !== undefined && backend === undefined))
    throw new ProbeError(
      `${options.url.href} can't be reached: ${samples[0]?.failure ?? "nothing was asked"}`,
    );
  if (options.chartFile !== undefined) writeFileSync(options.chartFile, drawWatch(samples));
  const failures = samples.filter(({ failure }) => failure !== undefined);
  if (options.json) {
    const told = { url: options.url.href, requests: samples.length, failed: failures.length, samples };
    console.log(JSON.stringify(told, null, 2));
  } else console.log(watchTable(samples, options.seconds));
  return failures.length > 0 ? EXIT.fail : EXIT.pass;
}

main(process.argv.slice(2)).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    const text =
      error instanceof ProbeError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`probe: ${text}\n`);
    process.exitCode = EXIT.usage;
  },
);
