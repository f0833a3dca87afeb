import { dirname, join } from "node:path";

/** The project's folder. */
const ROOT = dirname(__dirname);

/** What Lambda's Node.js has on board. */
const ON_BOARD = ["@aws-sdk/*"];

/**
 * A function's sources as one ECMAScript module. Made when the program runs, so there is no build step to forget; the
 * text depends on the sources and the pinned esbuild alone: equal sources, equal bytes, on any machine.
 *
 * @param entry - the file with the handler, from the project's folder on, with `/`
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function bundleFunction(entry: string): string {
  // Not at the top: most stacks bundle nothing, and it takes a while to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { buildSync } = require("esbuild") as typeof import("esbuild");
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    external: ON_BOARD,
    platform: "node",
    format: "esm",
    target: "node22",
    charset: "utf8",
    legalComments: "none",
    // A map would hold the machine's paths; the text is left readable instead.
    sourcemap: false,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
