import { join } from "node:path";

/** The project's folder. */
const ROOT = join(__dirname, "..", "..");

/**
 * A function's sources as one ECMAScript module, without the AWS SDK, which Lambda's Node.js has on board.
 *
 * @param entry - the file with the handler, from the project's folder on, with `/`
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function bundleFunction(entry: string): string {
  // The text is left readable: there is no map, which would hold the machine's paths.
  return bundled(entry, { format: "esm", external: ["@aws-sdk/*"] });
}

/** The sample store as one script, without SQLite, which is for laptops. */
export function bundleStore(): string {
  return bundled("app/main.ts", { format: "cjs", external: ["libsql"], minify: true });
}

const bundles = new Map<string, string>();

/** Of an entry there is one bundle in a process: its sources stay as they are while the program runs. */
function bundled(entry: string, options: Parameters<typeof bundle>[1]): string {
  const text = bundles.get(entry) ?? bundle(entry, options);
  bundles.set(entry, text);
  return text;
}

/**
 * Sources as one text. Made when the program runs, so there is no build step to forget; the text depends on the sources,
 * the lockfile's packages and the pinned esbuild alone: equal sources, equal bytes, on any machine.
 */
function bundle(
  entry: string,
  options: { readonly format: "esm" | "cjs"; readonly external: string[]; readonly minify?: boolean },
): string {
  // Not at the top: most stacks bundle nothing, and it takes a while to load.
  const { buildSync } = require("esbuild") as typeof import("esbuild");
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    ...options,
    platform: "node",
    target: "node22",
    charset: "utf8",
    legalComments: "none",
    sourcemap: false,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
